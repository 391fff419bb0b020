"""The XML around a message, held to what WeChat sends: one `<xml>`, a few levels, no document type."""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

import xmltodict

from channels.wechat.protocol.faults import Malformed

MOST_BYTES = 64 * 1024
MOST_LEVELS = 8
"""WeChat's deepest, a list of pictures in a message, has five."""
ROOT = "xml"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 does not allow. Citizens paste it, and WeChat passes it on as it is."""

Fields = dict[str, Any]


def allowed(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def unwrap(body: bytes) -> Fields:
    """What stands within `<xml>`: texts, and where WeChat nests, further levels. Raises Malformed."""
    text = allowed(_decoded(body)).removeprefix("\ufeff").strip()
    _check_form(text)
    try:
        fields = xmltodict.parse(text)[ROOT]
    except (expat.ExpatError, ValueError, KeyError) as fault:
        raise Malformed from fault
    if not isinstance(fields, dict):
        raise Malformed
    return fields


def _decoded(body: bytes) -> str:
    if len(body) > MOST_BYTES:
        raise Malformed
    try:
        # Half a character of two halves, as some telephones send it: it goes with what is forbidden.
        return body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as fault:
        raise Malformed from fault


def _check_form(text: str) -> None:
    """Before anything is built of it."""
    level = 0

    def enter(name: str, attributes: dict[str, str]) -> None:
        nonlocal level
        level += 1
        if level > MOST_LEVELS or attributes or (level == 1 and name != ROOT):
            raise Malformed

    def leave(_: str) -> None:
        nonlocal level
        level -= 1

    def refuse(*_: object) -> None:
        raise Malformed

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode(), True)
    except (expat.ExpatError, ValueError) as fault:
        raise Malformed from fault
