"""Walks through questions: how any of them is asked, answered, stepped back in, left and taken up again."""
