"""One folder for each room; they never import each other."""
