"""Misheard and mistyped sentences: how many are put right, and whether a right one is changed."""
