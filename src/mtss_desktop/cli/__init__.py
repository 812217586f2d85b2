"""The `mtss` command."""
