"""The booking as a guided walk: what to book, where, when, for whom; and changing or cancelling it."""
