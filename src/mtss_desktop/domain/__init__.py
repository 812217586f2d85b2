"""Nouns and rules: frozen dataclasses and pure functions, the standard library only."""
