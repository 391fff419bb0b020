"""The console's pages on the knowledge, put together."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI

from channels.console.facts.page import FACTS
from channels.console.knowledge.asked import make_asked_router
from channels.console.knowledge.drafts import make_drafts_router
from channels.console.knowledge.exchange import make_exchange_router
from channels.console.knowledge.guides import make_guides_router
from channels.console.knowledge.history import make_history_router
from channels.console.knowledge.listing import GUIDES, make_listing_router
from channels.console.knowledge.parts import make_parts_router
from channels.console.knowledge.preview import make_preview_router
from channels.console.knowledge.questions import make_questions_router
from channels.console.knowledge.reviews import make_reviews_router
from channels.console.knowledge.trying import make_testing_router
from channels.console.scenarios.beginning import make_beginning_router
from channels.console.scenarios.days import SCENARIOS
from channels.console.scenarios.writing import RATES, make_scenario_writing_router
from channels.console.shell.console import Console
from channels.wechat.rendering import show
from server.bootstrap import House
from service_hall.conversation.reply import Reply
from service_hall.publishing.draft import DocumentKind
from service_hall.shared.ids import new_message_id


def include_knowledge_pages(app: FastAPI, console: Console, house: House) -> None:
    def on_wechat(replies: Sequence[Reply]) -> str:
        return show(new_message_id(), replies, house.settings.public_url).text

    publishing = house.publishing
    for router in (
        make_listing_router(console, publishing),
        make_guides_router(console, publishing),
        make_beginning_router(console, publishing),
        make_scenario_writing_router(console, publishing),
        make_history_router(console, publishing, DocumentKind.GUIDE, GUIDES),
        make_history_router(console, publishing, DocumentKind.SCENARIO, SCENARIOS),
        make_history_router(console, publishing, DocumentKind.RATES, RATES),
        make_history_router(console, publishing, DocumentKind.FACT, FACTS),
        make_drafts_router(console, publishing),
        make_parts_router(console, publishing),
        make_preview_router(console, publishing, on_wechat),
        make_reviews_router(console, publishing),
        make_questions_router(console, publishing),
        make_testing_router(console, publishing),
        make_exchange_router(console, publishing),
        make_asked_router(console, publishing, house.hall),
    ):
        app.include_router(router)
