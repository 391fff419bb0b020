"""What is turned away at the door. Neither says why to whoever knocked, nor holds anything that was sent."""

from __future__ import annotations


class Foreign(Exception):
    """Not WeChat's, not for this account, or of long ago."""


class Malformed(Exception):
    """Not what the protocol allows."""
