"""What every layer may use. Standard library only."""
