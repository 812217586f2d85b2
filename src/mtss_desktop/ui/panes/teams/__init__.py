"""The room of teams: list, card, members with roles and backups."""
