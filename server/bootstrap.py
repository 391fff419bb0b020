"""The one place where the real things meet."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from channels.kept_calls import KeptCalls
from channels.rasa_client import LINE_PATIENCE_SECONDS, RasaClient
from channels.switchboard.receive import Switchboard
from channels.waiting_line import WaitingLine
from channels.web.notices import WebNotices
from channels.wechat.outgoing.notices import LeftToStaff
from knowledge_base.booking_rules import BookingRules, load_booking_rules
from knowledge_base.content_files import CONTENT, Fault, load_content
from knowledge_base.language.intents import load_intent_reader
from knowledge_base.model import RegionCode
from knowledge_base.search.embed import load_embedder
from knowledge_base.search.item_reader import load_item_reader
from knowledge_base.search.kept_texts import read_kept_texts
from knowledge_base.search.learned_lives import load_lives
from knowledge_base.search.meanings import load_meanings
from server.clock import clock_of
from server.kept_secrets import kiosk_key_of, secret_key_of
from server.publishing import open_publishing
from server.sealing import AesSafe
from server.settings import Settings
from server.shelf import Shelf
from server.sms import sms_of
from server.staff import ADMIN, OPERATOR, StaffAccounts
from server.storage.archive_store import ArchiveStore
from server.storage.audit_store import AuditStore
from server.storage.awaited_store import AwaitedStore
from server.storage.checklist_store import ChecklistStore
from server.storage.conversation_store import ConversationStore
from server.storage.daily_counts import DailyCountStore
from server.storage.engine import Database, migrate, open_database
from server.storage.forgotten_store import ForgottenVisitors
from server.storage.inbox_store import InboxStore
from server.storage.knowledge_store import KnowledgeStore
from server.storage.order_store import OrderStore
from server.storage.staff_store import StaffStore
from server.storage.visit_ledger import VisitLedger
from server.storage.wechat_letters import LetterStore
from server.wechat import OnWeChat, open_wechat
from service_hall.hall import Hall, make_hall
from service_hall.publishing.use_cases import Publishing
from service_hall.reminders.delivering import Door
from service_hall.shared.clock import Clock
from service_hall.shared.working_calendar import WorkingCalendar
from service_hall.staff.managing import StaffRoom
from service_hall.visits.means import Means
from service_hall.visits.undelivered import EveryDoorDelivers

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class House:
    """Everything that the doors are built from."""

    settings: Settings
    engine: Database
    shelf: Shelf
    hall: Hall
    ledger: VisitLedger
    records: ConversationStore
    inbox: InboxStore
    forgotten: ForgottenVisitors
    rasa: RasaClient
    calls: KeptCalls
    """To Rasa."""
    switchboard: Switchboard
    secret_key: str
    kiosk_key: str
    accounts: StaffAccounts
    archive: ArchiveStore
    audit: AuditStore
    daily_counts: DailyCountStore
    staff_room: StaffRoom
    notice_doors: tuple[Door, ...]
    """Who is told what falls due, wherever they are."""
    publishing: Publishing
    """How staff keep the knowledge true."""
    content_faults: tuple[Fault, ...] = ()
    """What was left out when the shipped content was read."""
    wechat: OnWeChat | None = None
    """None: the hall has no official account."""


def open_house(
    settings: Settings,
    clock: Clock | None = None,
    content: Path = CONTENT,
    report: Callable[[str], None] = log.info,
) -> House:
    clock = clock or clock_of(settings.test_clock)
    engine = open_database(settings.sqlalchemy_url)
    migrate(engine)
    store = KnowledgeStore(engine)
    read = load_content(content)
    for fault in read.faults:
        log.error("content: %s", fault)
    seeded = store.seed(read, clock())
    if seeded.added or seeded.renewed:
        report(f"knowledge: {seeded.added} added, {seeded.renewed} renewed, {seeded.kept} kept as staff left them")
    kept_texts = read_kept_texts()
    shelf = Shelf(
        store=store,
        embed=load_embedder(settings.embedding_model, kept_texts),
        intents=load_intent_reader(),
        home=RegionCode(settings.region),
        clock=clock,
        item_reader=load_item_reader(),
        # Another model stands in for both of ours.
        meanings=None if settings.embedding_model else load_meanings(),
        kept_texts=kept_texts,
        lives=None if settings.embedding_model else load_lives(),
        beyond=read.beyond,
        shipped=read.regions,
        scenarios=read.written_scenarios,
        rates=read.written_rates,
    )
    shelf.restock()
    secret_key = secret_key_of(settings)
    ledger = VisitLedger(engine)
    safe = AesSafe(secret_key, [settings.secret_key_previous] if settings.secret_key_previous else [])
    hall = make_hall(
        Means(
            ledger=ledger,
            library=shelf.library,
            clock=clock,
            rules=_rules_of(settings),
            safe=safe,
            calendar=WorkingCalendar(),
            sms=sms_of(settings.sms_url),
            undelivered=LeftToStaff(LetterStore(engine)) if settings.has_wechat else EveryDoorDelivers(),
        ),
        ChecklistStore(engine, safe),
        OrderStore(engine),
        AwaitedStore(engine),
    )
    forgotten = ForgottenVisitors(engine)
    records, inbox = ConversationStore(engine), InboxStore(engine)
    wechat = open_wechat(settings, engine, safe, clock, forgotten, hall, records)
    accounts = StaffAccounts(StaffStore(engine), clock, safe)
    calls = KeptCalls(settings.rasa_url)
    line = WaitingLine(settings.rasa_at_once, settings.rasa_line, LINE_PATIENCE_SECONDS)
    rasa = RasaClient(calls, settings.rasa_timeout_ms, line)
    return House(
        settings=settings,
        engine=engine,
        shelf=shelf,
        hall=hall,
        ledger=ledger,
        records=records,
        rasa=rasa,
        calls=calls,
        inbox=inbox,
        switchboard=Switchboard(hall, records, inbox, rasa),
        secret_key=secret_key,
        kiosk_key=kiosk_key_of(settings),
        accounts=accounts,
        audit=AuditStore(engine),
        archive=ArchiveStore(engine),
        daily_counts=DailyCountStore(engine),
        staff_room=staff_room_of(settings, engine, accounts, hall),
        notice_doors=(WebNotices(records, forgotten), *((wechat.notices,) if wechat else ())),
        forgotten=forgotten,
        publishing=open_publishing(engine, hall, shelf.embed, shelf.catch_up),
        content_faults=read.faults,
        wechat=wechat,
    )


def staff_room_of(settings: Settings, engine: Database, accounts: StaffAccounts, hall: Hall) -> StaffRoom:
    def above(code: str) -> tuple[str, ...]:
        regions = hall.library().regions
        return regions.chain(code) if code in regions else ()

    given = {ADMIN} if settings.admin_password else set()
    return StaffRoom(StaffStore(engine), hall.clock, accounts.hashed, above, given, {OPERATOR})


def _rules_of(settings: Settings) -> Callable[[date], BookingRules]:
    """The figures of the file, with what the settings say instead."""
    book = load_booking_rules()
    instead = {
        "check_in_minutes": settings.checkin_minutes,
        "bookings_per_address": settings.bookings_per_address,
    }

    @lru_cache(maxsize=32)
    def on(day: date) -> BookingRules:
        return book.on(day).model_copy(update=instead)

    return on
