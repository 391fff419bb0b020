"""Recorded conversations: found, read, taken along as a sheet."""
