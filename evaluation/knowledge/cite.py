"""Look up statute texts, and take the articles that statements cite into `content/sources/`.

    python -m evaluation.knowledge.cite find 社会保险              titles, versions, articles
    python -m evaluation.knowledge.cite show 社会保险法 46 48       the articles in the version in force
    python -m evaluation.knowledge.cite grep 失业保险金 二十四个月   articles that hold every word (--law: in it)
    python -m evaluation.knowledge.cite add si-law 中华人民共和国社会保险法 46 48
                                                              takes them into content/sources/si-law.yml
    python -m evaluation.knowledge.cite read price-2017-1186 fee --title … --text … --at https://… --kind notice
                                                              a text that was read elsewhere, with its address;
                                                              --many FILE: JSON lines {"article", "text", "at"}

The collections (see `statutes`) are named by `--statutes`, or by WENBAN_STATUTES, separated by colons.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from evaluation.knowledge.statutes import Passage, Statutes, open_statutes
from knowledge_base.content_files import CONTENT
from knowledge_base.sources import Hold, LegalText, SourceKind, article_label
from knowledge_base.yaml_lines import read_yaml
from service_hall.shared.clock import shanghai_now

SOURCES = CONTENT / "sources"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--statutes", action="append", type=Path, help="once for each collection")
    errands = options.add_subparsers(dest="errand", required=True)
    find = errands.add_parser("find")
    find.add_argument("words", nargs="+")
    show = errands.add_parser("show")
    show.add_argument("title")
    show.add_argument("articles", nargs="*")
    grep = errands.add_parser("grep")
    grep.add_argument("words", nargs="+")
    grep.add_argument("--law", default="")
    add = errands.add_parser("add")
    add.add_argument("source_id")
    add.add_argument("title")
    add.add_argument("articles", nargs="+")
    add.add_argument("--from", dest="in_force_from", default="")
    add.add_argument("--kind", choices=[each.value for each in SourceKind])
    read = errands.add_parser("read")
    read.add_argument("source_id")
    read.add_argument("article", nargs="?")
    for name in ("title", "text", "at", "many"):
        read.add_argument(f"--{name}", default="")
    read.add_argument("--kind", choices=[each.value for each in SourceKind], default=SourceKind.NOTICE.value)
    for name in ("number", "issuer", "from", "url"):
        read.add_argument(f"--{name}", dest="in_force_from" if name == "from" else name, default="")
    chosen = options.parse_args()
    today = shanghai_now().date()
    if chosen.errand == "read":
        keep_read(chosen, today)
        return 0
    statutes = open_statutes(chosen.statutes)
    match chosen.errand:
        case "find":
            for title, version, count in statutes.titles_like(" ".join(chosen.words)):
                print(f"{title}  {version or '（无日期）'}  {count}条")
        case "show":
            return _show(statutes, chosen.title, chosen.articles, today)
        case "grep":
            for passage in statutes.search(" ".join(chosen.words), chosen.law):
                print(_printed(passage), end="\n\n")
        case "add":
            return _add(statutes, chosen, today)
    return 0


def keep_articles(source_id: str, head: dict[str, Any], articles: dict[str, dict[str, Any]], folder: Path) -> Path:
    """Writes the file, or adds to it what it lacks; what stands in its head stays."""
    path = folder / f"{source_id}.yml"
    before: dict[str, Any] = read_yaml(path).data if path.is_file() else {}
    merged = {**(before.get("articles") or {}), **articles}
    # What somebody wrote stays; what the collection says of kind and version is as new as the articles.
    renewed = {name: head[name] for name in ("kind", "version") if head.get(name)}
    body = {"id": source_id, **head, **{name: value for name, value in before.items() if value}, **renewed}
    body["checked_on"] = head.get("checked_on") or before.get("checked_on")
    body["articles"] = dict(sorted(merged.items(), key=lambda entry: _in_order(entry[0])))
    LegalText.model_validate(body)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    return path


def keep_read(chosen: argparse.Namespace, today: date) -> None:
    rows = (
        [json.loads(line) for line in Path(chosen.many).read_text("utf-8").splitlines() if line.strip()]
        if chosen.many
        else [{"article": chosen.article, "text": chosen.text, "at": chosen.at}]
    )
    articles = {
        row["article"]: {
            "text": row["text"], "hold": Hold.READ.value,
            "read_at": row.get("at") or chosen.at, "read_on": today.isoformat(),
        }
        for row in rows
    }  # fmt: skip
    head = {
        "title": chosen.title, "kind": chosen.kind, "number": chosen.number, "issuer": chosen.issuer,
        "in_force_from": chosen.in_force_from or None, "url": chosen.url, "checked_on": today.isoformat(),
    }  # fmt: skip
    print(keep_articles(chosen.source_id, {name: value for name, value in head.items() if value}, articles, SOURCES))


def _show(statutes: Statutes, title: str, numbers: list[str], today: date) -> int:
    passages = statutes.law(title, today) or statutes.law(f"中华人民共和国{title}", today)
    shown = [each for each in passages if not numbers or each.number in numbers]
    for passage in shown:
        print(_printed(passage), end="\n\n")
    return 0 if shown else 1


def _add(statutes: Statutes, chosen: argparse.Namespace, today: date) -> int:
    articles: dict[str, dict[str, Any]] = {}
    found: Passage | None = None
    for number in chosen.articles:
        passage = statutes.article(chosen.title, number, today)
        if passage is None:
            print(f"{chosen.title} has no article {number} in the version that counts today", file=sys.stderr)
            return 1
        found = passage
        articles[number] = {"text": passage.text}
        if passage.hold is Hold.READ:
            articles[number] |= {
                "hold": "read",
                "read_at": passage.origin.partition(":")[2],
                "read_on": today.isoformat(),
            }
    assert found is not None
    kind = chosen.kind or _kind_of(found)
    head = {
        "title": found.law, "kind": kind, "version": found.version.isoformat() if found.version else None,
        "in_force_from": chosen.in_force_from or None,
        "url": "https://flk.npc.gov.cn/" if kind in ("law", "regulation") else "", "checked_on": today.isoformat(),
    }  # fmt: skip
    print(keep_articles(chosen.source_id, {k: v for k, v in head.items() if v}, articles, SOURCES))
    return 0


def _kind_of(passage: Passage) -> str:
    if passage.kind in ("regulation", "rule", "notice"):
        return passage.kind
    # The collections call statutes of every rank laws.
    return SourceKind.REGULATION.value if passage.law.endswith(("条例", "实施细则")) else SourceKind.LAW.value


def _printed(passage: Passage) -> str:
    return f"《{passage.law}》（{passage.version or '无日期'}）{article_label(passage.number)}\n{passage.text}"


def _in_order(number: str) -> tuple[int, int, str]:
    first, _, further = number.partition("-")
    return (int(first) if first.isdigit() else 100_000, int(further) if further.isdigit() else 0, number)


if __name__ == "__main__":
    sys.exit(main())
