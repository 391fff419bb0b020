"""What Rasa loads: Python 3.10, alone in its own environment."""
