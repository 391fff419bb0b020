"""Booking a visit ahead: openings, holds, bookings, and what may move or end them."""
