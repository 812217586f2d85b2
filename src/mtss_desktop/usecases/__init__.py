"""What people do: one module per topic."""
