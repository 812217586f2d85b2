"""Nouns and rules: frozen dataclasses and pure functions. No input or output, no clock, no libraries."""
