"""The booking as a talk: what to book, where, when, for whom; and changing or cancelling it."""
