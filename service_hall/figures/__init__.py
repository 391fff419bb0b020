"""How the hall does: figures by day, channel and region, each with its definition."""
