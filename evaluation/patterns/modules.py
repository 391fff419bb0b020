"""The modules of the product, and their source."""

from __future__ import annotations

import ast
import importlib
from functools import cache
from pathlib import Path
from types import ModuleType

from server.settings import ROOT

ROOMS = ("service_hall", "knowledge_base", "channels", "actions", "server")
# Run by alembic alone, which hands it what it needs; and what trains the shipped model, which takes seconds to load and
# meets no citizen.
_TRAIN = ("train", "tune", "make_encoder", "encoder_graph", "encoder_model")
_NOT_TO_IMPORT = frozenset({"server.storage.migrations.env", *(f"knowledge_base.embedding.{name}" for name in _TRAIN)})


def modules() -> list[ModuleType]:
    names = [name_of(path) for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [importlib.import_module(name) for name in names if name not in _NOT_TO_IMPORT and "versions" not in name]


@cache
def tree_of_module(module: ModuleType) -> ast.Module:
    assert module.__file__
    return ast.parse(Path(module.__file__).read_text("utf-8"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
