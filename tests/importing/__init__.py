"""Files in, meanings out."""
