"""The inbox of a school: what people wrote to it, for those who answer."""
