"""The library as the service would build it, straight from the content files, without a database."""

from __future__ import annotations

from datetime import date

from knowledge_base.content_files import load_content
from knowledge_base.language.intents import load_intent_reader
from knowledge_base.library import Library, Published, build_library
from knowledge_base.model import RegionCode
from knowledge_base.search.calibration import load_calibration
from knowledge_base.search.embed import load_embedder
from knowledge_base.search.item_reader import load_item_reader
from knowledge_base.search.kept_texts import read_kept_texts
from knowledge_base.search.learned_lives import load_lives
from knowledge_base.search.meanings import load_meanings
from server.settings import Settings


def open_library(on: date | None = None) -> Library:
    settings = Settings()
    content, kept = load_content(), read_kept_texts()
    return build_library(
        Published(
            content.regions,
            content.catalogue,
            content.offices,
            content.documents,
            content.topics,
            content.sources,
            content.scenarios,
        ),
        home=RegionCode(settings.region),
        on=on or date.today(),
        embed=load_embedder(settings.embedding_model, kept),
        intents=load_intent_reader(),
        calibration=load_calibration(),
        item_reader=load_item_reader(),
        meanings=None if settings.embedding_model else load_meanings(),
        kept=kept,
        lives=None if settings.embedding_model else load_lives(),
        beyond=content.beyond,
    )
