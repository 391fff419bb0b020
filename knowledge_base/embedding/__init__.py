"""The shipped sentence-transformers model and how it was trained."""
