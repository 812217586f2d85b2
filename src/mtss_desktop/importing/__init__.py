"""A file in, a plan out; no database, no Qt."""
