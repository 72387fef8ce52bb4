"""The registry: regions, directions, communes, schools, school years, levels, streams, subjects."""
