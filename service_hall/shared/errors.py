"""The hall's base error: the caller cannot go on. Expected outcomes are returned, not raised."""


class HallError(Exception):
    pass
