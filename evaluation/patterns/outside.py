"""The patterns that read citizens' text and are not kept in the product's own modules: Rasa's, and jieba's."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache

from evaluation.patterns.calls import calls_of_re
from evaluation.patterns.found import ANYWHERE, Found
from evaluation.patterns.modules import name_of
from knowledge_base.yaml_lines import read_yaml
from server.settings import ROOT


@cache
def patterns_of_rasa() -> tuple[Found, ...]:
    """Of the components that Rasa loads: its environment is another one, so they are read and not run. And of
    `RegexEntityExtractor`, put together from the training data as it does that."""
    found = [
        Found(f"{name_of(path)}:{call.lineno}", re.compile(ast.literal_eval(call.args[0])), ANYWHERE)
        for path in sorted((ROOT / "bot").rglob("*.py"))
        for call, _ in calls_of_re(ast.parse(path.read_text("utf-8")))
    ]
    for path in sorted((ROOT / "nlu_data").rglob("*.yml")):
        for block in read_yaml(path).data["nlu"]:
            lines = [line.strip().removeprefix("- ") for line in str(block["examples"]).splitlines() if line.strip()]
            if "lookup" in block:
                lines = [f"({'|'.join(map(re.escape, lines))})"]
            elif "regex" not in block:
                continue
            found += [Found(f"nlu_data.{path.stem}", re.compile(line, re.IGNORECASE), ANYWHERE) for line in lines]
    return tuple(found)


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
