"""The room of paper: choose, look at the real pages, save, print, copy."""
