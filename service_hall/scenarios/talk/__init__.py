"""A scenario in conversation: offered, asked question by question, kept, and taken up again."""
