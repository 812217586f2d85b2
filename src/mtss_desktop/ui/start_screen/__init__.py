"""The first window: try the sample, start a database of one's own, or open one; light until it has been painted."""
