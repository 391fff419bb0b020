"""What a citizen says, what the hall replies, and what carries over from turn to turn."""
