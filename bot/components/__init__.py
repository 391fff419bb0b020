"""Custom Rasa components, only where they pay for themselves."""
