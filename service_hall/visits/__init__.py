"""A visit to the hall, from the held place to the rating: what booking, queue and reminders have in common."""
