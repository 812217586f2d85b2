"""The widget audit over every screen there is."""
