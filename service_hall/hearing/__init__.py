"""What a sentence says, read once: its time, its person, and what the citizen wants with it."""
