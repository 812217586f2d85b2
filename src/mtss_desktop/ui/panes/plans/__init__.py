"""The room of plans: the actions of all teams on one board."""
