"""Life and business events: a few questions, and the one list of what is to be done."""
