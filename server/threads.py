"""How many threads one product of matrices takes."""

from __future__ import annotations

from threadpoolctl import threadpool_limits


def compute_on_one_thread() -> None:
    """One for each message, as everywhere: the products of one are small, and a library that shares them out keeps its
    other threads waiting busily for the next, which took a fifth of the service's processor time (docs/adr/0072)."""
    threadpool_limits(1)
