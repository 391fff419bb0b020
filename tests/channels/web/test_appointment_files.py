"""What a citizen carries away: the QR code, which tells nothing, and the calendar entry, which names nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from xml.etree import ElementTree

import httpx
import pytest
from icalendar import Calendar

from channels.qr_codes import MARK, qr_code
from service_hall.visits.visit import Code
from tests.channels.callers import APPOINTMENTS, TUESDAY, Clerk, Visitor, written
from tests.channels.web.conftest import refused
from tests.visit_town import moment, somebody

IDENTITY = "110101199003078515"


class TestTheQrCode:
    async def test_is_a_drawing_that_needs_no_token(self, visitor: Visitor) -> None:
        body = (await visitor.book()).json()
        response = await visitor.http.get(body["qr_url"])
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("image/svg+xml")
        assert response.headers["x-content-type-options"] == "nosniff"
        root = ElementTree.fromstring(response.content)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert response.content == qr_code(Code(body["code"]), "svg")

    async def test_is_drawn_for_whatever_can_be_a_code(self, closed_door: httpx.AsyncClient) -> None:
        drawn = [await closed_door.get(f"{APPOINTMENTS}/{code}/qr.svg") for code in ("ABCDE23456", "abcde 23456")]
        assert {response.status_code for response in drawn} == {200}
        assert drawn[0].content == drawn[1].content

    @pytest.mark.parametrize("code", ["short", "ABCDE2345O", "A" * 11, "%3Csvg%3E", "%00"])
    async def test_of_what_can_be_no_code_there_is_none(self, closed_door: httpx.AsyncClient, code: str) -> None:
        refused(await closed_door.get(f"{APPOINTMENTS}/{code}/qr.svg"), 404, "unknown_code")

    def test_the_mark_tells_the_scanner_that_it_is_ours(self) -> None:
        assert MARK == "WENBAN:"
        assert qr_code(Code("ABCDE23456"), "svg") != qr_code(Code("ABCDE23457"), "svg")


class TestTheCalendarEntry:
    async def test_says_what_where_and_when(self, visitor: Visitor) -> None:
        body = (await visitor.book()).json()
        response = await visitor.http.get(body["calendar_url"], headers=visitor.headers)
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/calendar; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["content-disposition"] == 'attachment; filename="wenban-0602.ics"'
        calendar = Calendar.from_ical(response.content)
        [event] = calendar.walk("VEVENT")
        assert event.decoded("dtstart") == moment(TUESDAY, "09:00")
        assert event.decoded("dtend") == moment(TUESDAY, "09:30")
        assert "借书证首次办理" in str(event["summary"])
        assert "溪城市政务服务中心一楼" in str(event["location"])
        assert "1—2号窗口" in str(event["description"])
        [alarm] = event.walk("VALARM")
        assert alarm.decoded("trigger") == -timedelta(hours=2)

    async def test_keeps_to_the_form_of_rfc_5545(self, visitor: Visitor) -> None:
        body = (await visitor.book()).json()
        content = (await visitor.http.get(body["calendar_url"], headers=visitor.headers)).content
        lines = content.split(b"\r\n")
        assert lines[-1] == b""
        assert all(len(line) <= 75 for line in lines)
        assert b"TZID" not in content  # which would have to be defined in the file
        calendar = Calendar.from_ical(content)
        assert {"VERSION", "PRODID"} <= set(calendar)
        [event] = calendar.walk("VEVENT")
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE"} <= set(event)

    async def test_names_nobody(self, visitor: Visitor) -> None:
        body = (await visitor.book(id_number=IDENTITY)).json()
        said = (await visitor.http.get(body["calendar_url"], headers=visitor.headers)).text.replace("\r\n ", "")
        person = somebody(1)
        assert body["code"][:5] in said
        for word in (person.name, person.phone, person.phone[-4:], IDENTITY, IDENTITY[-4:], visitor.visitor_id):
            assert word not in said

    async def test_replaces_the_entry_of_the_old_time(self, visitor: Visitor) -> None:
        body = (await visitor.book()).json()
        url, code = body["calendar_url"], body["code"]

        async def entry() -> tuple[str, int, datetime]:
            content = (await visitor.http.get(url, headers=visitor.headers)).content
            [event] = Calendar.from_ical(content).walk("VEVENT")
            return str(event["uid"]), int(str(event["sequence"])), event.decoded("dtstart")

        uid, sequence, _ = await entry()
        await visitor.ask("POST", f"/{code}/reschedule", json={"starts_at": written(TUESDAY, "14:00")})
        assert await entry() == (uid, sequence + 1, moment(TUESDAY, "14:00"))

    async def test_of_anothers_booking_there_is_none(self, visitor: Visitor, other: Visitor) -> None:
        code = await visitor.booked()
        refused(await other.ask("GET", f"/{code}/calendar.ics"), 404, "unknown_code")

    async def test_a_ticket_without_a_booking_has_none(self, visitor: Visitor, clerk: Clerk) -> None:
        ticket = await clerk.walk_in()
        refused(await visitor.ask("GET", f"/{ticket['code']}/calendar.ics"), 404, "unknown_code")
