"""Blocks in, PDF or HTML out; no database, no Qt."""
