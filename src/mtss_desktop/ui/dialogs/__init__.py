"""Windows over the window: few, and none where an inline form or an undo will do."""
