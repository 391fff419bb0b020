"""Personal numbers in what a citizen writes: brought to one form, found, and told from the numbers of everybody."""
