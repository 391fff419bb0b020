"""The hall's base error: the caller cannot go on. Expected outcomes are returned, not raised."""


class HallError(Exception):
    pass


class OutOfReach(HallError):
    """What is kept cannot be read or written just now: the database is lost, full, locked or only to be read. Nothing
    was changed, and the same may succeed a little later."""


class VisitorForgotten(HallError):
    """It was to be kept for a visitor who wanted to be forgotten. Nothing was changed, and nothing ever will be."""
