"""What a password must be like. Length counts, not what kinds of characters it has (NIST SP 800-63B)."""

from __future__ import annotations

import secrets

FEWEST, MOST = 10, 200
_FEWEST_DIFFERENT = 5
_RUNS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def fault_of(password: str, name: str) -> str:
    """One sentence; empty: it is good enough. `name`: of the account, which nobody's password holds."""
    plain = password.casefold()
    if len(password) < FEWEST:
        return f"密码至少要{FEWEST}个字符，可以用一句话。"
    if len(password) > MOST:
        return f"密码最多{MOST}个字符。"
    if len(name) > 2 and name.casefold() in plain:
        return "密码里不能有账号名。"
    if len(set(plain)) < _FEWEST_DIFFERENT or any(plain[:FEWEST] in run + run for run in _RUNS):
        return "这个密码太好猜了，请换一个。"
    return ""


def new_password() -> str:
    """For somebody else, to be changed at the first sign-in."""
    return secrets.token_urlsafe(12)
