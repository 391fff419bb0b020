"""What the hall knows and how it is found."""
