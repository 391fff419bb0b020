from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from server.threads import compute_on_one_thread


def test_products_of_matrices_are_not_shared_out() -> None:
    assert np.ones(2) @ np.ones(2) == 2  # its library is loaded
    with threadpool_limits(2):  # which are as they were behind it
        compute_on_one_thread()

        assert {each["num_threads"] for each in threadpool_info()} == {1}
