"""The room of files coming in: check every row, apply, take back."""
