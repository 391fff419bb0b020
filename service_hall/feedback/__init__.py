"""What citizens thought of a visit."""
