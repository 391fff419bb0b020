"""What the hall knows of itself, as staff edit it."""
