"""Pieces that several documents share: where the numbers come from, marks with their words, notes."""
