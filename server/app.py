"""The service: every door on one FastAPI app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import partial

from fastapi import FastAPI, Request

from channels.bodies import MOST_FORM_BYTES, WholeBodies
from channels.console.bookings import make_staff_bookings_router
from channels.console.conversations.page import make_conversations_router
from channels.console.counters import make_counter_router
from channels.console.devices import KnownDevices
from channels.console.explaining import make_explaining_router
from channels.console.facts.page import make_facts_router
from channels.console.figures.page import make_figures_router
from channels.console.knowledge.exchange import EXCHANGE, MOST_FILE_BYTES
from channels.console.no_shows import make_no_shows_router
from channels.console.noting import Notes
from channels.console.offices.exchange import make_office_exchange_router
from channels.console.offices.page import make_offices_desk_router
from channels.console.orders.page import make_orders_router
from channels.console.pages import install_counter_pages
from channels.console.passwords import PasswordCheck
from channels.console.people.account import make_account_router
from channels.console.people.audit import make_audit_router
from channels.console.people.sign_in import make_sign_in_router
from channels.console.people.staff_list import make_staff_router
from channels.console.planning import make_planning_router
from channels.console.scenarios.page import make_scenarios_desk_router
from channels.console.scenarios.trying import make_scenario_trial_router
from channels.console.series import make_series_router
from channels.console.shell.console import Console
from channels.console.shell.faults import ConsoleFaults
from channels.console.signing_in import SigningIn, make_signing_in_router
from channels.console.staff import StaffDesk
from channels.console.telling import make_telling_router
from channels.doorman import Doorman
from channels.guesses import Guesses
from channels.heads import Heads
from channels.kiosk.access import KioskAccess
from channels.kiosk.finding import make_finding_router
from channels.kiosk.pages import install_kiosk_pages
from channels.kiosk.routes import make_kiosk_router
from channels.kiosk.set_up import make_set_up_router
from channels.limits import RateLimits
from channels.own_page import origin_of
from channels.page_bundles import install_page_bundles
from channels.refusals import install_refusals
from channels.schema import describe_all_doors
from channels.visitors import VisitorDesk
from channels.web.appointments import make_appointments_router
from channels.web.chat import make_chat_router
from channels.web.conversation import make_conversation_router
from channels.web.for_search_engines import install_for_search_engines
from channels.web.guide_pages import install_guide_pages
from channels.web.knowledge import make_knowledge_router
from channels.web.leaving import make_leaving_router
from channels.web.offices import make_offices_router
from channels.web.pages import SafeHeaders, install_pages
from channels.web.refused_pages import show_refusal
from channels.web.renewals import Renewals
from channels.web.scenarios import make_scenarios_router
from channels.web.sheets import install_sheets
from channels.web.site import Site
from channels.web.standing_notice import make_notice_router
from channels.web.stream import make_stream_router
from channels.web.stream_hub import StreamHub
from channels.web.waiting_list import make_waiting_list_router
from channels.wechat.protocol.envelope import MOST_BYTES as MOST_WECHAT_BYTES
from channels.widget.pages import install_widget
from server.bootstrap import House
from server.knowledge_pages import include_knowledge_pages
from server.office_editor import OfficeEditor
from server.operators import install_metrics, make_operators_router
from server.storage.office_sheet_store import OfficeSheetStore
from server.wechat_doors import open_wechat_doors

VERSION = "0.1.0"
LARGER = {
    "/wechat": MOST_WECHAT_BYTES,
    EXCHANGE: MOST_FILE_BYTES + MOST_FORM_BYTES,
    "/console/": MOST_FORM_BYTES,
}
"""Where more bytes are taken than elsewhere."""


def make_app(house: House) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with house.wechat or nullcontext():
            if wechat_desk:
                wechat_desk.open()
            yield
            if wechat_desk:
                await wechat_desk.close()
        house.publishing.close()
        house.calls.close()
        house.engine.dispose()

    # No pages that show the schema: FastAPI's load their scripts from a public CDN into our own origin.
    app = FastAPI(
        title="问办 Wenban", version=VERSION, lifespan=lifespan, redirect_slashes=False, docs_url=None, redoc_url=None
    )
    settings = house.settings

    def seconds() -> float:
        return house.hall.clock().timestamp()

    limits = RateLimits(settings.rate_per_visitor, settings.rate_per_address, seconds)
    desk = VisitorDesk(
        house.secret_key,
        settings.secure_cookies,
        settings.secret_key_previous,
        settings.visitor_days,
        seconds,
        house.forgotten,
        *([house.wechat.links.goes_by] if house.wechat else []),
    )
    guesses = Guesses()
    staff = StaffDesk(house.secret_key, house.accounts, settings.secure_cookies, house.hall.place_of_office)
    devices = KnownDevices(house.secret_key, settings.secure_cookies)
    signing_in = SigningIn(PasswordCheck(house.accounts), staff, devices, guesses)
    console = Console(
        staff,
        house.audit,
        house.hall.clock,
        house.secret_key,
        origin=origin_of(settings.public_url),
        secure_cookies=settings.secure_cookies,
    )
    notes = Notes(house.audit, house.hall.clock)
    kiosks = KioskAccess(
        house.kiosk_key, house.secret_key, guesses, settings.secure_cookies, settings.secret_key_previous
    )

    def works_here(request: Request) -> bool:
        return staff.has_session(request) or kiosks.screen(request) is not None

    site = Site(house.hall, settings.public_url)
    say = install_refusals(app, ConsoleFaults(console), partial(show_refusal, site))
    wechat_desk = open_wechat_doors(app, house, desk, limits)
    app.include_router(make_chat_router(house.hall, house.switchboard, house.records, desk, limits))
    app.include_router(make_conversation_router(house.switchboard, house.records, desk, limits))
    streams = StreamHub(house.records, house.forgotten)
    app.include_router(
        make_leaving_router(house.hall, house.switchboard, house.records, desk, house.forgotten, streams, limits)
    )
    app.include_router(make_stream_router(house.records, desk, streams, settings.streams_per_address))
    app.include_router(make_knowledge_router(house.hall, limits))
    app.include_router(make_offices_router(house.hall))
    app.include_router(make_notice_router(house.hall))
    app.include_router(make_scenarios_router(house.hall))
    app.include_router(make_waiting_list_router(house.hall, desk, limits))
    app.include_router(make_appointments_router(house.hall, desk, limits))
    app.include_router(make_set_up_router(kiosks))
    app.include_router(make_finding_router(house.hall, settings.public_url))
    app.include_router(make_kiosk_router(house.hall, limits, kiosks, guesses))
    app.include_router(make_signing_in_router(signing_in))
    app.include_router(make_explaining_router(house.hall, staff))
    app.include_router(make_planning_router(house.hall, staff, notes))
    app.include_router(make_telling_router(house.hall, staff))
    app.include_router(make_staff_bookings_router(house.hall, staff))
    app.include_router(make_series_router(house.hall, staff, notes))
    app.include_router(make_no_shows_router(house.hall, staff, notes))
    app.include_router(make_counter_router(house.hall, staff))
    app.include_router(make_sign_in_router(console, signing_in))
    app.include_router(make_account_router(console, signing_in, house.accounts, house.staff_room))
    app.include_router(make_staff_router(console, house.staff_room, house.hall))
    app.include_router(make_audit_router(console, house.staff_room, house.hall))
    include_knowledge_pages(app, console, house)
    app.include_router(make_scenarios_desk_router(console, house.hall, house.publishing, house.content_faults))
    app.include_router(make_scenario_trial_router(console, house.hall, house.publishing))
    app.include_router(make_orders_router(console, house.hall))
    office_editor = OfficeEditor(house.shelf.store, OfficeSheetStore(house.ledger), house.shelf)
    app.include_router(make_office_exchange_router(console, house.hall, office_editor))
    app.include_router(make_offices_desk_router(console, house.hall, office_editor))
    app.include_router(make_facts_router(console, house.hall, house.publishing))
    app.include_router(make_conversations_router(console, house.archive, house.hall))
    app.include_router(make_figures_router(console, house.daily_counts, house.hall))
    app.include_router(make_operators_router(house))
    install_page_bundles(app)
    install_pages(app, house.hall, site, has_wechat=house.wechat is not None)
    install_guide_pages(app, house.hall, site)
    install_for_search_engines(app, house.hall, site)
    install_widget(app, house.hall, settings.sites_with_widget, has_wechat=house.wechat is not None)
    install_sheets(app, house.hall, site)
    install_kiosk_pages(app, house.hall)
    install_counter_pages(app, house.hall)
    describe_all_doors(app, say)
    # The last one stands outermost: every request is measured, given its headers, counted, and then read.
    app.add_middleware(WholeBodies, larger=LARGER, say=say)
    app.add_middleware(Renewals, desk=desk)
    app.add_middleware(
        Doorman, limits=limits, recognise=desk.caller, works_here=works_here, staff=staff.shown_name, say=say
    )
    app.add_middleware(SafeHeaders)
    install_metrics(app, house)
    app.add_middleware(Heads)
    return app
