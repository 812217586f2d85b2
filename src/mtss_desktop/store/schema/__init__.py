"""The tables, private to the store."""
