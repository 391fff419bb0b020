"""What the hall does: pure Python, no web, no SQL."""
