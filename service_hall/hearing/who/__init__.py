"""Names and numbers of persons: found, checked, taken out."""
