"""Who works here, what each may do, and the book in which it stands."""
