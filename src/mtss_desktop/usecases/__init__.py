"""What people do and ask: functions ``(work, …) -> value``, one module per topic."""
