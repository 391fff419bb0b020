"""Are the scenarios whole: every way walked, every item reached, and what a list looks like."""
