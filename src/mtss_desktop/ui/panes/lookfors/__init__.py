"""The room of look-fors."""
