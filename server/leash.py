"""`python leash.py PARENT COMMAND…`: becomes the command, which the kernel ends with its parent, however that ends.

Linux only; elsewhere it just becomes the command. The standard library alone: it runs before every child.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == parent:  # else it ended before it could be bound to
        os.execv(command[0], command)


if __name__ == "__main__":
    main()
