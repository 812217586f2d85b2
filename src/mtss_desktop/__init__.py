"""MTSS Desktop: for coaches who support the teams that lead MTSS."""

__version__ = "0.1.0"
