"""`/widget/…`: the loader that other sites embed, and the page in its frame, for the sites that may show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from channels.languages import A_YEAR, FRAMES_COOKIE, WAYS_TO_READ, chosen_language, language_of, remember_language
from channels.own_page import Jar
from channels.packing import packed_answer
from channels.page_files import ISOLATED, PageFolder
from channels.refusals import Refusal, file_of, refusals
from channels.web.pages import values_of_chat
from channels.web.site import TEMPLATES, place_of
from channels.widget.versions import NEWEST, loader_of
from service_hall.hall import Hall

_FOLDER = Path(__file__).parent
_LANGUAGE_JAR = Jar(FRAMES_COOKIE, secure=True, is_framed=True)
_NO_SUCH_VERSION = refusals({404: "not_found"})
_JAVASCRIPT = "text/javascript; charset=utf-8"
# Any site may load it, also with `integrity`, and one that isolates itself: it holds nothing of anybody.
_FOR_ISOLATED_SITES = {"Cross-Origin-Resource-Policy": "cross-origin"}
_FOR_ANY_SITE = {"Access-Control-Allow-Origin": "*", **_FOR_ISOLATED_SITES}
_KEPT_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
# Long enough for the pages of one visit.
_KEPT_FOR_A_WHILE = {"Cache-Control": "public, max-age=600"}


_WHOEVER = "*"
"""A page that holds nothing of anybody, and no conversation."""


def install_widget(app: FastAPI, hall: Hall, sites: Sequence[str], has_wechat: bool = False) -> None:
    """`sites`: origins that may show the conversation; our own may in any case."""
    templates = PageFolder(_FOLDER / "templates", TEMPLATES)
    framed_by = " ".join(("'self'", *sites))

    @app.get("/widget.js", tags=["widget"], responses=file_of("text/javascript"))
    def newest_loader(request: Request) -> Response:
        """For whoever would rather have each new version at once than one that stays as it is."""
        return loader(request, NEWEST, _KEPT_FOR_A_WHILE)

    @app.get("/widget/{version}/wenban.js", tags=["widget"], responses=file_of("text/javascript") | _NO_SUCH_VERSION)
    def pinned_loader(request: Request, version: str) -> Response:
        return loader(request, version, _KEPT_FOR_GOOD)

    def loader(request: Request, version: str, keeping: Mapping[str, str]) -> Response:
        packed = loader_of(version)
        if packed is None:
            raise Refusal(404)
        return packed_answer(request, packed, _JAVASCRIPT, {**_FOR_ANY_SITE, **keeping})

    @app.get("/widget/chat", response_class=HTMLResponse, tags=["widget"])
    def conversation(request: Request) -> Response:
        """What stands behind the `?` is for the page itself: name, title, colour, region, the site around it. To a site
        that is not named it shows a sentence; one that gives another's name is refused by the browser."""
        site = request.query_params.get("site", "")
        is_allowed = not site or _is_ours(site, request) or any(_is_named(site, each) for each in sites)
        shown = templates.show(
            request,
            "frame.html" if is_allowed else "not_allowed.html",
            framed_by=framed_by if is_allowed else _WHOEVER,
            language=language_of(request),
            languages=WAYS_TO_READ,
            **place_of(hall),
            **values_of_chat(hall, has_wechat),
        )
        shown.headers.update(_FOR_ISOLATED_SITES | ISOLATED)
        if wished := chosen_language(request):
            _LANGUAGE_JAR.put(shown.headers, wished, A_YEAR)
        return remember_language(request, shown)


def _is_ours(site: str, request: Request) -> bool:
    return site.partition("://")[2] == request.headers.get("host", "")


def _is_named(site: str, named: str) -> bool:
    """As browsers read `frame-ancestors`: `*.` is every site below, `:*` every port, and http:// is https://, too."""
    (scheme, host), (named_scheme, named_host) = _parts(site), _parts(named)
    if named_host.endswith(":*"):
        host, named_host = host.partition(":")[0], named_host.removesuffix(":*")
    is_below = named_host.startswith("*.") and host.endswith(named_host[1:])
    return scheme in (named_scheme, "https") and (host == named_host or is_below)


def _parts(origin: str) -> tuple[str, str]:
    """Scheme and host, with its port where that is not the usual one."""
    scheme, _, host = origin.lower().partition("://")
    return scheme, host.removesuffix({"http": ":80", "https": ":443"}.get(scheme, ""))
