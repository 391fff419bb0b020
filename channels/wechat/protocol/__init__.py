"""How WeChat speaks: what a request must bear to be WeChat's, what it says, and how an answer is written."""

from channels.wechat.protocol.faults import Foreign, Malformed
from channels.wechat.protocol.modes import Account, Opened, check_verification, open_request
from channels.wechat.protocol.reading import Incoming, read
from channels.wechat.protocol.writing import SUCCESS, write

__all__ = [
    "SUCCESS",
    "Account",
    "Foreign",
    "Incoming",
    "Malformed",
    "Opened",
    "check_verification",
    "open_request",
    "read",
    "write",
]
