"""Clock, ids and errors that every room uses."""
