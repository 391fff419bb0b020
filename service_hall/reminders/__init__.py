"""What the citizen is told later: rendered from the outbox and handed to the doors."""
