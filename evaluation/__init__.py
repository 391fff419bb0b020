"""How good it is. Each folder generates (costly) apart from scoring (pure)."""
