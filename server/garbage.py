"""What lives as long as the process is not looked through for garbage again and again; what is gone is given back."""

from __future__ import annotations

import ctypes
import gc
import sys

_COLLECTED_AFTER = (10_000, 20, 20)
"""So many more objects made than gone; so many rounds over the young; so many over the older."""


def throw_nothing_away() -> None:
    """Until `spare_the_collector`. Nearly all that a start makes stays: to look for garbage among it, again and again,
    takes a seventh of the start."""
    gc.disable()


def spare_the_collector() -> None:
    """All that is there now, code and library above all, is left alone: Python's collector went through it with every
    few messages, which took a twentieth of the service's time. Called again once a new library is there, so that
    the old one goes."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)
    gc.enable()
    _give_back()


def _give_back() -> None:
    """To the system, what the C library keeps of what is gone: reading the content leaves some fifty megabytes."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
