"""The made-up town's service: the real app over SQLite, with the town's five guides and a stand-in for Rasa."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from channels.kept_calls import KeptCalls
from channels.switchboard.receive import Switchboard
from channels.waiting_line import WaitingLine
from channels.web.notices import WebNotices
from channels.wechat.outgoing.notices import LeftToStaff
from knowledge_base.library import Published
from server.bootstrap import House, staff_room_of
from server.publishing import open_publishing
from server.sealing import AesSafe
from server.settings import Settings
from server.shelf import Shelf
from server.staff import StaffAccounts
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
from server.wechat import open_wechat
from service_hall.hall import make_hall
from service_hall.shared.sms import SmsSender
from service_hall.shared.working_calendar import WorkingCalendar
from service_hall.visits.means import Means
from tests.databases import open_copy
from tests.fakes import QUICK_HASHER, TOWN, FixedClock, content_of, fake_embed, published, town, town_intents
from tests.stand_ins import UnderstandingRasa
from tests.visit_town import figures, visit_library

SECRET = "a secret of the tests"
KIOSK_KEY = "a-key-of-the-tests"


def seed_town(engine: Database) -> None:
    KnowledgeStore(engine).seed(content_of(published()))


class SharedShelf(Shelf):
    """Takes the town's library ready made: cutting Chinese into words costs most of a second to set up."""

    def restock(self) -> None:
        self._library = town()


class SharedHallShelf(SharedShelf):
    """The town whose offices have counters, and take bookings."""

    def restock(self) -> None:
        self._library = visit_library()


class TownHouse:
    """The house, and the Rasa that stands in. `shelf`: which of the ready made towns; `knowledge`: another one. `rules`
    may be changed in between."""

    def __init__(
        self,
        var: Path,
        knowledge: Published | None = None,
        shelf: type[Shelf] = SharedShelf,
        sms: SmsSender | None = None,
        **changed: Any,
    ) -> None:
        self.rules = figures()
        settings = Settings(
            **{
                "var": var,
                "database_url": "",
                "region": TOWN,
                "rate_per_visitor": 1000,
                "rate_per_address": 1000,
                **changed,
            }
        )
        if settings.database_url:
            engine = open_database(settings.database_url)
            migrate(engine)
        else:
            engine = open_copy(var / "town.sqlite3", None if knowledge else seed_town)
        store = KnowledgeStore(engine)
        if knowledge or settings.database_url:
            store.seed(content_of(knowledge or published()))
        self.clock = FixedClock()
        kept = (Shelf if knowledge else shelf)(
            store=store, embed=fake_embed, intents=town_intents(), home=TOWN, clock=self.clock
        )
        kept.restock()
        ledger = VisitLedger(engine)
        hall = make_hall(
            Means(
                ledger=ledger,
                library=kept.library,
                clock=self.clock,
                rules=lambda _: self.rules,
                safe=AesSafe(SECRET),
                calendar=WorkingCalendar(),
                sms=sms,
                undelivered=LeftToStaff(LetterStore(engine)),
            ),
            ChecklistStore(engine, AesSafe(SECRET)),
            OrderStore(engine),
            AwaitedStore(engine),
        )
        self.rasa = UnderstandingRasa(hall)
        self.records = ConversationStore(engine)
        client = self.rasa.client(line=WaitingLine(settings.rasa_at_once, settings.rasa_line, patience_s=60))
        forgotten = ForgottenVisitors(engine)
        wechat = open_wechat(settings, engine, AesSafe(SECRET), self.clock, forgotten, hall, self.records)
        accounts = StaffAccounts(StaffStore(engine), self.clock, AesSafe(SECRET), QUICK_HASHER)
        self.house = House(
            settings=settings,
            engine=engine,
            shelf=kept,
            hall=hall,
            ledger=ledger,
            records=self.records,
            rasa=client,
            calls=KeptCalls("http://127.0.0.1:9"),
            inbox=InboxStore(engine),
            switchboard=Switchboard(hall, self.records, InboxStore(engine), client),
            secret_key=SECRET,
            kiosk_key=KIOSK_KEY,
            accounts=accounts,
            audit=AuditStore(engine),
            archive=ArchiveStore(engine),
            daily_counts=DailyCountStore(engine),
            staff_room=staff_room_of(settings, engine, accounts, hall),
            notice_doors=(WebNotices(self.records, forgotten), *((wechat.notices,) if wechat else ())),
            forgotten=forgotten,
            publishing=open_publishing(engine, hall, fake_embed, kept.catch_up),
            wechat=wechat,
        )
