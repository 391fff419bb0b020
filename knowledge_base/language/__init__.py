"""How Chinese is prepared: cut into words, brought to plain words, the asking told from what is asked about."""
