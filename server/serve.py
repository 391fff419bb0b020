"""`python -m server.serve`: the service process."""

from __future__ import annotations

from server.garbage import throw_nothing_away


def main() -> None:
    throw_nothing_away()  # before what is imported next, which stays
    from server.service import serve

    serve()


if __name__ == "__main__":
    main()
