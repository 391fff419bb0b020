"""The patterns that read citizens' text and are not kept in the product's own modules: Rasa's, and jieba's."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache
from pathlib import Path

from evaluation.patterns.calls import calls_of_re
from evaluation.patterns.found import ANYWHERE, Found
from server.settings import ROOT


def patterns_of_rasa(folder: Path = ROOT / "bot") -> tuple[Found, ...]:
    """Of the components that Rasa loads: its environment is another one, so they are read and not run."""
    return tuple(
        Found(f"{path.stem}:{call.lineno}", re.compile(ast.literal_eval(call.args[0])), ANYWHERE)
        for path in sorted(folder.rglob("*.py"))
        for call, _ in calls_of_re(ast.parse(path.read_text("utf-8")))
    )


@cache
def patterns_of_jieba() -> tuple[Found, ...]:
    """Those that it cuts sentences with; what it reads dictionaries with sees no citizen's text."""
    used = {"jieba": ("re_eng", "re_han_default", "re_skip_default"), "jieba.finalseg": ("re_han", "re_skip")}
    modules = {name: importlib.import_module(name) for name in used}
    return tuple(
        Found(f"{name}.{each}", getattr(modules[name], each), ANYWHERE)
        for name, names in used.items()
        for each in names
    )
