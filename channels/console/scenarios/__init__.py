"""Life events: what stands in them, whether they are sound, and what they come to on any day."""
