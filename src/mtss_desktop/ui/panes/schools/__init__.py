"""The room of schools."""
