"""Instruments, agendas, rule sets and label profiles as data."""
