"""`python -m evaluation.scenarios.graph`: draws each scenario into `docs/scenarios/` as SVG, and the page that shows
them; `--check`: are they up to date?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from knowledge_base.content_files import load_content
from knowledge_base.scenarios.drawing import drawn
from knowledge_base.scenarios.model import Scenario
from server.settings import ROOT

FOLDER = ROOT / "docs" / "scenarios"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    content = load_content()
    names = {item.id: item.name for item in content.catalogue}
    files = {f"{each.id}.svg": drawn(each, names) for each in content.scenarios.values()}
    files["README.md"] = page(content.scenarios.values())
    if options.parse_args().check:
        stale = [name for name, text in files.items() if _written(FOLDER / name) != text]
        print("\n".join(f"out of date: {name}; draw it with `make scenario-graphs`" for name in stale), file=sys.stderr)
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for name, text in files.items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


def page(scenarios: Iterable[Scenario]) -> str:
    lines = [
        "# The scenarios",
        "",
        "Drawn by `make scenario-graphs` from `knowledge_base/content/scenarios/`: left the questions in the order of",
        "asking, right the steps, each behind what it waits for; what is urgent is tinted. How to write one:",
        "[write-a-scenario](../tasks/write-a-scenario.md).",
        "",
    ]
    lines += [f"- [{each.title}]({each.id}.svg)" for each in scenarios]
    return "\n".join(lines) + "\n"


def _written(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
