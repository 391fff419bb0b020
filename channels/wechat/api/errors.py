"""WeChat's error codes, and what is to be done about each (Global_Return_Code of its documentation)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Decision(StrEnum):
    REFRESH_TOKEN = "refresh_token"
    """Within the client alone: once a new token and once again. Whoever asks the client never sees it."""
    RETRY_LATER = "retry_later"
    """Nothing was done: WeChat is busy, or we are too fast."""
    UNCERTAIN = "uncertain"
    """It was sent, and no answer came: it may be done. Again may be twice."""
    OUT_OF_WINDOW = "out_of_window"
    """She has not written for too long for a customer-service message."""
    TOO_MANY = "too_many"
    """As many customer-service messages as she may get until she writes again."""
    NOT_AUTHORISED = "not_authorised"
    """This account may not use that interface: another way, always."""
    PLAIN_TEXT = "plain_text"
    """This account may not send that kind of message: the same as text."""
    NO_CONSENT = "no_consent"
    """She did not agree to such messages, or has taken it back."""
    FORGET_PERSON = "forget_person"
    """Nobody who follows the account: no message any more until she does."""
    GIVE_UP = "give_up"
    """Wrong as it stands: the same again is refused again."""
    OPERATOR = "operator"
    """The account's settings are wrong: nothing goes until somebody mends them. Named in `/readyz`."""


NO_ANSWER = -2
"""No code of WeChat's: there was no connection, or no usable answer."""


class Refused(Exception):
    """WeChat did not do it. Never bears a text, an openid or a token."""

    def __init__(self, code: int, decision: Decision | None = None) -> None:
        self.code, self.decision = code, decision or decide(code)
        super().__init__(f"{code}: {self.decision}")


def decide(code: int) -> Decision:
    """What is not listed is wrong as it stands."""
    return _DECISIONS.get(code, Decision.GIVE_UP)


def _table(rows: Mapping[Decision, Iterable[int]]) -> dict[int, Decision]:
    return {code: decision for decision, codes in rows.items() for code in codes}


_DECISIONS = _table(
    {
        # Of a credential that is not, or no longer, good; 41001: none came with it.
        Decision.REFRESH_TOKEN: (40001, 40014, 41001, 42001),
        # -1 busy, 45009 the day's quota, 45011 the minute's, 43108 two at once, 50005 and 61450 WeChat's own faults.
        Decision.RETRY_LATER: (-1, -1000, NO_ANSWER, 43108, 45009, 45011, 45066, 50005, 61450),
        Decision.OUT_OF_WINDOW: (45015,),
        Decision.TOO_MANY: (45047,),
        Decision.NOT_AUTHORISED: (43107, 48001, 48003, 48004, 48005, 48006, 48021, 50001),
        # A kind of message that unverified accounts may not send.
        Decision.PLAIN_TEXT: (40008, 40200),
        Decision.NO_CONSENT: (43101,),
        # No such openid, not following, on the account's black list.
        Decision.FORGET_PERSON: (40003, 43004, 43019, 46004),
        # AppID or secret wrong, the address not among the allowed ones (40164, 61024, 89503 and after), the account
        # closed (50002).
        Decision.OPERATOR: (40002, 40013, 40125, 40164, 40243, 41002, 41004, 50002, 61024, 89503, 89506, 89507),
        # 40029, 40163, 42003, 41008: an OAuth2 code that was used, is old or is none; 40037: a template that the
        # account does not have. The others: what we sent.
        Decision.GIVE_UP: (
            40004, 40005, 40006, 40007, 40009, 40029, 40031, 40033, 40035, 40037, 40038, 40039, 40048, 40053, 40066,
            40097, 40117, 40118, 40119, 40120, 40121, 40132, 40137, 40155, 40163, 40165, 41005, 41006, 41007, 41008,
            41009, 41028, 41029, 41030, 42002, 42003, 42007, 43001, 43002, 43003, 43005, 44001, 44002, 44003, 44004,
            45001,
            45002, 45003, 45004, 45005, 45006, 45007, 45008, 45010, 45168, 46001, 46002, 46003, 47001, 47003,
            *range(40015, 40028), 40054, 40055,
        ),
    }
)  # fmt: skip
