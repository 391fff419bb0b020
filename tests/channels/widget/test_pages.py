"""The loader that any site may have, and the page that only some may show in a frame."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from channels.widget.versions import FOLDER, NEWEST, VERSIONS
from server.settings import ROOT, Settings
from tests.channels.web.conftest import Knock, refused
from tests.fakes import TOWN_HALL
from tests.town_house import TownHouse

PINNED = {
    "1": "sha384-WMvpMfcPkM1aXkb+jV9XANmgtruH8tywPkMNSa/rJdHjdmDmMGQFpIesiY8HyNBI",
    "2": "sha384-rC+nRZAuGO9+DJFf1MaP6EvKr2N88WJSYWg2llAU3tIOs6TlOnmIdfifO+zQvphi",
}
MOST_BYTES_OF_THE_LOADER = 5 * 1024
MOST_BYTES_IN_ALL = 60 * 1024


def framed_by(response: httpx.Response) -> str:
    return response.headers["content-security-policy"].partition("frame-ancestors ")[2]


class TestTheLoader:
    async def test_a_pinned_one_is_kept_for_good_and_may_be_checked_by_any_site(
        self, closed_door: httpx.AsyncClient
    ) -> None:
        response = await closed_door.get("/widget/1/wenban.js")
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/javascript; charset=utf-8"
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"

    async def test_what_was_given_out_never_changes_again(self, closed_door: httpx.AsyncClient) -> None:
        """Sites have its digest in their pages. What is to be different becomes the next number."""
        assert set(PINNED) == set(VERSIONS)
        for version, digest in PINNED.items():
            body = (await closed_door.get(f"/widget/{version}/wenban.js")).content
            assert "sha384-" + base64.b64encode(hashlib.sha384(body).digest()).decode() == digest

    @pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
    def test_the_readme_shows_the_digest(self, readme: str) -> None:
        assert f'integrity="{PINNED[NEWEST]}"' in Path(ROOT, readme).read_text("utf-8")

    async def test_the_newest_has_an_address_without_a_number(self, closed_door: httpx.AsyncClient) -> None:
        newest = await closed_door.get("/widget.js")
        assert newest.content == (await closed_door.get(f"/widget/{NEWEST}/wenban.js")).content
        assert "immutable" not in newest.headers["cache-control"]

    @pytest.mark.parametrize("version", ["0", "3", "01", "1.0", "latest", "..", "%2e%2e"])
    async def test_one_that_was_never_given_out_is_not_found(
        self, closed_door: httpx.AsyncClient, version: str
    ) -> None:
        refused(await closed_door.get(f"/widget/{version}/wenban.js"), 404)

    def test_it_holds_no_inline_code_and_leaves_no_name_behind(self) -> None:
        for path in FOLDER.glob("*.js"):
            code = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL).strip()
            assert code.startswith("(() => {") and code.endswith("})();")
            assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|import\b", code)


class TestTheFrame:
    async def test_only_our_own_pages_may_show_it_unless_sites_are_named(self, closed_door: httpx.AsyncClient) -> None:
        assert framed_by(await closed_door.get("/widget/chat")) == "'self'"

    @pytest.mark.parametrize(
        ("site", "is_shown"),
        [
            ("https://www.town.test", True),
            ("https://www.town.test:443", True),
            ("https://a.b.county.test", True),
            ("https://old.town.test", True),
            ("http://town.test", True),
            ("https://county.test", False),
            ("http://www.town.test", False),
            ("https://evil.test", False),
            ("https://www.town.test.evil.test", False),
            ("https://evilcounty.test", False),
            ("nonsense", False),
            ("http://[", False),
            ("http://here.test:8080", True),
            ("http://there.test:8080", False),
        ],
    )
    async def test_a_site_that_is_not_named_is_told_so_in_its_frame(
        self, knock: Knock, tmp_path: Path, site: str, is_shown: bool
    ) -> None:
        sites = "https://www.town.test, https://*.county.test, http://old.town.test, http://here.test:*"
        door = knock(TownHouse(tmp_path, widget_sites=sites))
        framed = await door.get("/widget/chat", params={"site": site})
        assert ("没有获准显示问办" in framed.text) is not is_shown
        assert (framed_by(framed) == "*") is not is_shown
        assert ("composer" in framed.text) is is_shown

    async def test_sites_that_are_named_may_show_it_and_nothing_else_of_ours(
        self, tmp_path: Path, knock: Knock
    ) -> None:
        door = knock(TownHouse(tmp_path, widget_sites="https://www.town.test, https://*.county.test:8443"))
        framed = await door.get("/widget/chat")
        assert framed_by(framed) == "'self' https://www.town.test https://*.county.test:8443"
        assert "unsafe" not in framed.headers["content-security-policy"]
        for path in ("/", f"/kiosk?office={TOWN_HALL}", "/counter"):
            assert framed_by(await door.get(path)) == "'none'"

    @pytest.mark.parametrize("site", ["", "https://evil.test"])
    async def test_a_site_that_isolates_itself_can_show_it(self, closed_door: httpx.AsyncClient, site: str) -> None:
        framed = await closed_door.get("/widget/chat", params={"site": site})
        again = await closed_door.get(
            "/widget/chat", params={"site": site}, headers={"if-none-match": framed.headers["etag"]}
        )
        assert (framed.status_code, again.status_code) == (200, 304)
        for response in (framed, again):
            assert response.headers["cross-origin-embedder-policy"] == "require-corp"
            assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        # A page with that policy runs no worker without it.
        worker = await closed_door.get("/static/proof/worker.js")
        assert worker.headers["cross-origin-embedder-policy"] == "require-corp"
        assert "cross-origin-resource-policy" not in (await closed_door.get("/chat")).headers

    async def test_whatever_stands_behind_the_address_is_not_in_the_page(self, closed_door: httpx.AsyncClient) -> None:
        plain = await closed_door.get("/widget/chat")
        spoken = await closed_door.get("/widget/chat?title=<script>&site=http://town.test&region=x&color=red")
        assert spoken.content == plain.content
        elsewhere = await closed_door.get("/widget/chat?title=<script>&site=https://evil.test/<script>")
        assert "evil" not in elsewhere.text and "<script>" not in elsewhere.text

    async def test_the_loader_and_all_that_opening_brings_are_few_bytes(self, closed_door: httpx.AsyncClient) -> None:
        loader = await closed_door.get(f"/widget/{NEWEST}/wenban.js")
        page = await closed_door.get("/widget/chat")
        named = re.findall(r"""(?:src|href)=["'](/(?:bundles|static)/[^"']+)""", page.text)
        sent = [loader, page, *[await closed_door.get(path) for path in named]]
        sizes = [int(response.headers["content-length"]) for response in sent]
        assert len(sizes) == 6
        assert sizes[0] <= MOST_BYTES_OF_THE_LOADER
        assert sum(sizes) <= MOST_BYTES_IN_ALL


@pytest.mark.parametrize(
    "sites",
    [
        "*",
        "www.town.test",
        "https://www.town.test/",
        "https://www.town.test/news",
        "https://www.town.test; script-src *",
        "https://www.town.test https://other.test",
        "https://*",
        "https://a.*.test",
        "'self'",
        "javascript:alert(1)",
        "https://www.town.test,",
    ],
)
def test_what_is_no_origin_is_refused_at_the_start(sites: str) -> None:
    with pytest.raises(ValidationError, match="widget_sites"):
        Settings(widget_sites=sites)
