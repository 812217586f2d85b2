"""The terminal: ``mtss`` does everything the window can, under the same lock."""
