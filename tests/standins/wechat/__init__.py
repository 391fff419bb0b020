"""WeChat, as far as the service can tell: a server on loopback with its API, and what WeChat posts to us."""

from tests.standins.wechat.account import AES_KEY, APP_ID, OTHER_AES_KEY, SECRET, TOKEN
from tests.standins.wechat.faults import Fault
from tests.standins.wechat.server import Call, StandIn, standing_in

__all__ = [
    "AES_KEY",
    "APP_ID",
    "OTHER_AES_KEY",
    "SECRET",
    "TOKEN",
    "Call",
    "Fault",
    "StandIn",
    "standing_in",
]
