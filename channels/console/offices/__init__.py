"""Offices as staff edit them: hours, counters, items, capacity, and what that does to who has booked."""
