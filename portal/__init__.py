"""What makes one deployment of it all: settings, routes, and the floors that carry every space."""
