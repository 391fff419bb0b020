"""What is ordered for the whole hall."""
