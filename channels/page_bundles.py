"""`/bundles`: the few files that the pages are made of. What each holds stands here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fastapi import FastAPI, Request, Response

from channels.bundles import Bundle, Spoken, join_styles, link_script
from channels.languages import Language, traditional
from channels.packing import pack, packed_answer
from channels.refusals import Refusal, refusals

_DOORS = Path(__file__).parent
FOLDERS = {
    "/static/": _DOORS / "web" / "static",
    "/hall-static/": _DOORS / "hall_static",
    "/kiosk-static/": _DOORS / "kiosk" / "static",
    "/counter-static/": _DOORS / "console" / "static",
    "/widget-static/": _DOORS / "widget" / "static",
}
"""How modules and sheets name each other, and where they lie."""
SCRIPTS = {
    "early": "/static/early_preferences.js",
    "chat": "/static/chat/main.js",
    "site": "/static/site/main.js",
    "portal": "/static/portal/main.js",
    "kiosk": "/kiosk-static/kiosk/main.js",
    "board": "/kiosk-static/board/main.js",
    "counter": "/counter-static/counter/main.js",
    "console": "/counter-static/console/main.js",
    "preview": "/counter-static/console/preview.js",
    "widget": "/widget-static/frame/main.js",
    "not_allowed": "/widget-static/frame/not_allowed.js",
}
"""The module where each begins."""
SPOKEN = {
    Language.TRADITIONAL: Spoken(spelled=traditional),
    Language.ENGLISH: Spoken(table="words.en.js"),
}
"""`chat-en.js` is `chat.js` with the sentences of that language, and no others."""
IN_EVERY_LANGUAGE = frozenset({"chat", "widget", "site", "portal", "kiosk", "board"})
_GROUND = ("/static/tokens.css", "/static/ground.css")
_HALL = (*_GROUND, "/hall-static/hall.css")
_EMERGENCY = "/hall-static/emergency.css"
_SITE = (*_GROUND, "/static/site.css", _EMERGENCY)
_OF_CHAT = ("chat", "booking", "visit", "my_visits")
_CHAT = (*_GROUND, *(f"/static/{sheet}.css" for sheet in _OF_CHAT), _EMERGENCY)
STYLES = {
    "chat": _CHAT,
    "widget": (*_CHAT, "/widget-static/frame.css"),
    "site": _SITE,
    "portal": (*_SITE, "/static/portal.css"),
    "kiosk": (*_HALL, "/kiosk-static/kiosk.css", _EMERGENCY),
    "ticket": ("/kiosk-static/ticket_print.css",),
    "board": (*_HALL, "/kiosk-static/board.css", _EMERGENCY),
    "counter": (*_HALL, *(f"/counter-static/{sheet}.css" for sheet in ("counter", "booking", "series"))),
    "console": (*_HALL, *(f"/counter-static/console/{sheet}.css" for sheet in ("console", "knowledge"))),
}
"""The sheets of each, in their order."""
_OF_KIND: dict[str, Mapping[str, object]] = {"js": SCRIPTS, "css": STYLES}
_MEDIA_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
# Another content has another name.
_KEPT_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
# A page that another version of the service drew gets what there is; nobody keeps that under this name.
_NOT_KEPT = {"Cache-Control": "no-store"}

_made: dict[str, Bundle] = {}


def bundle(name: str, language: Language = Language.SIMPLIFIED) -> str:
    """For templates: the address of `chat.js` or `chat.css` as it is now."""
    stem, _, suffix = name.partition(".")
    if suffix == "js" and stem in IN_EVERY_LANGUAGE and language in SPOKEN:
        stem += f"-{language}"
    return f"/bundles/{stem}.{pack(_bundle(stem, suffix).body).digest}.{suffix}"


def install_page_bundles(app: FastAPI) -> None:
    @app.get("/bundles/{stem}.{digest}.{suffix}", tags=["pages"], responses=refusals({404: "not_found"}))
    def show_bundle(stem: str, digest: str, suffix: str, request: Request) -> Response:
        if not _is_made(stem, suffix):
            raise Refusal(404)
        packed = pack(_bundle(stem, suffix).body)
        headers = _KEPT_FOR_GOOD if digest == packed.digest else _NOT_KEPT
        return packed_answer(request, packed, _MEDIA_TYPES[suffix], headers)


def _is_made(stem: str, suffix: str) -> bool:
    plain, _, language = stem.partition("-")
    is_spoken = suffix == "js" and plain in IN_EVERY_LANGUAGE and language in SPOKEN
    return is_spoken or stem in _OF_KIND.get(suffix, {})


def _bundle(stem: str, suffix: str) -> Bundle:
    """Made when it is first asked for, and anew when a source was changed since."""
    name = f"{stem}.{suffix}"
    made = _made.get(name)
    if made is None or not made.is_current():
        plain, _, language = stem.partition("-")
        spoken = SPOKEN[Language(language)] if language else Spoken()
        is_script = suffix == "js"
        made = link_script(SCRIPTS[plain], FOLDERS, spoken) if is_script else join_styles(STYLES[plain], FOLDERS)
        _made[name] = made
    return made
