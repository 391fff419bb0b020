"""What every page comes with: headers that keep it safe, and files that are asked for each time or kept for good."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.types import Scope

from channels.languages import Language, says_in, traditional
from channels.packing import pack_page, packed_answer
from channels.page_bundles import bundle

_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
NOBODY = "'none'"
OURSELVES = "'self'"


def security_headers(framed_by: str = NOBODY, frames: str = NOBODY) -> dict[str, str]:
    """`framed_by`: whose pages may show this one in a frame, as `frame-ancestors` has it; `frames`: whose it shows."""
    return {
        "Content-Security-Policy": f"{_POLICY}; frame-src {frames}; frame-ancestors {framed_by}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


# Browsers ask each time, and get a 304 where nothing has changed.
ALWAYS_FRESH = {"Cache-Control": "no-cache"}
# A page with this, or a worker of such a page, may stand in a frame of a site that isolates itself.
ISOLATED = {"Cross-Origin-Embedder-Policy": "require-corp"}


class FreshFiles(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(ALWAYS_FRESH | ISOLATED)
        return response


class PageFolder:
    """The templates of a door, and those of the doors that it builds upon."""

    def __init__(self, *folders: Path) -> None:
        self._templates = Environment(loader=FileSystemLoader(folders), autoescape=select_autoescape())
        # Chinese as it is written, and not by numbers: data within a page is read, and changes its letters with it.
        self._templates.policies["json.dumps_kwargs"] = {"ensure_ascii": False}

    def render(self, template: str, values: Mapping[str, Any], language: Language = Language.SIMPLIFIED) -> str:
        spoken = {"language": language, "say": says_in(language), "bundle": lambda name: bundle(name, language)}
        page = self._templates.get_template(template).render({**values, **spoken})
        return traditional(page) if language is Language.TRADITIONAL else page

    def show(
        self,
        request: Request,
        template: str,
        *,
        status_code: int = 200,
        framed_by: str = NOBODY,
        frames: str = NOBODY,
        language: Language = Language.SIMPLIFIED,
        **values: Any,
    ) -> Response:
        packed = pack_page(self.render(template, values, language).encode())
        tag = f'"{packed.digest}"'
        headers = security_headers(framed_by, frames) | ALWAYS_FRESH | {"ETag": tag, "Vary": "Cookie"}
        if status_code == 200 and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return packed_answer(request, packed, "text/html; charset=utf-8", headers, status_code)
