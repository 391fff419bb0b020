"""`/robots.txt` and `/sitemap.xml`: what search engines may read, and where it stands."""

from __future__ import annotations

from xml.sax.saxutils import escape

from fastapi import FastAPI, Response

from channels.refusals import file_of
from channels.web.site import Site
from service_hall.hall import Hall

# Of one person, of the moment, or for staff.
_NOT_FOR_THEM = (
    "/api/",
    "/chat",
    "/checklists/",
    "/console",
    "/counter",
    "/kiosk",
    "/search",
    "/wechat",
    "/widget/chat",
)
_KEPT_A_WHILE = {"Cache-Control": "public, max-age=3600"}


def install_for_search_engines(app: FastAPI, hall: Hall, site: Site) -> None:
    @app.get("/robots.txt", tags=["pages"], responses=file_of("text/plain"))
    def robots() -> Response:
        lines = [
            "User-agent: *",
            *(f"Disallow: {path}" for path in _NOT_FOR_THEM),
            f"Sitemap: {site.address('/sitemap.xml')}",
        ]
        return Response("\n".join(lines) + "\n", media_type="text/plain; charset=utf-8", headers=_KEPT_A_WHILE)

    @app.get("/sitemap.xml", tags=["pages"], responses=file_of("application/xml"))
    def sitemap() -> Response:
        paths = ["/", "/guides", "/scenarios"]
        paths += [f"/guides/{guide_id}" for guide_id in hall.library().guide_ids]
        paths += [f"/scenarios/{scenario.id}" for scenario in hall.scenarios.all()]
        places = "".join(f"<url><loc>{escape(site.address(path))}</loc></url>" for path in paths)
        body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>\n'
        return Response(body, media_type="application/xml; charset=utf-8", headers=_KEPT_A_WHILE)
