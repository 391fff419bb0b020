"""The page of figures: what the hall's day looked like, with plots that the service draws."""
