"""Behind every door: one way for all messages, and one message of a citizen at a time."""
