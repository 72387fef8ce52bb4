"""The home of the back office: what a school has to do and has said, or how the schools of a node are doing."""
