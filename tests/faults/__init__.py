"""Killing, starving and cutting the power of the store. ``python -m tests.faults`` runs the whole; tests a sample."""
