"""The workspace: what the window and the terminal stand on."""
