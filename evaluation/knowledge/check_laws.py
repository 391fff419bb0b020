"""Hold every quotation of the guides against statute texts: `python -m evaluation.knowledge.check_laws FILE.jsonl.gz`.

FILE: gzipped JSON lines, one article each: {"law": …, "article": "第三条", "text": …}. A law may stand there in several
versions: a quotation must be found in one of them, in an article of the number that the source names.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from knowledge_base.content_files import Content, load_content
from knowledge_base.documents import resolve_body
from knowledge_base.model import Source

Laws = Mapping[str, list[tuple[str, str]]]
"""Name → its articles: number, and text without spaces."""
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")
_VERSION = re.compile(r"（[^（）]*年[^（）]*）$")  # （2019年文本）: which version is meant, no part of the name


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path)
    content = load_content()
    quoted = dict.fromkeys(quoted_sources(content))
    laws = read_laws(options.parse_args().file, {_name(source.title) for _, source in quoted})
    faults = [str(fault) for fault in content.faults]  # a guide that cannot be read cannot be checked
    faults += [f"{guide_id}: {fault}" for guide_id, source in quoted if (fault := fault_of(source, laws))]
    print(*faults, f"{len(quoted)} quotations, {len(laws)} laws, {len(faults)} faults", sep="\n")
    return 1 if faults else 0


def quoted_sources(content: Content) -> Iterator[tuple[str, Source]]:
    """(guide id, source) for each source that quotes, as each document of the guide has it on its first day."""
    for guide_id, documents in content.documents.items():
        for document in documents:
            day = document.begins or documents[0].begins or date.max
            body = resolve_body(documents, content.regions, document.region, day) or {}
            for source in map(Source.model_validate, body.get("sources", ())):
                if source.quote:
                    yield guide_id, source


def read_laws(path: Path, wanted: set[str]) -> Laws:
    laws: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, filter(str.strip, lines)):
            if (name := _name(row["law"])) in wanted:
                laws[name].append((row["article"], _closed_up(row["text"])))
    return laws


def fault_of(source: Source, laws: Laws) -> str:
    """Empty if the quotation stands where the source says."""
    holding = {number for number, text in laws.get(_name(source.title), ()) if _closed_up(source.quote) in text}
    if not holding:
        return f"{source.id}: stands in no article of {source.title}: {source.quote}"
    if source.article and not holding & set(_ARTICLE.findall(source.article)):
        return f"{source.id}: stands in {'、'.join(sorted(holding))}, not in {source.article}: {source.quote}"
    return ""


def _name(title: str) -> str:
    return re.sub(r"[《》\s]", "", _VERSION.sub("", title.strip()))


def _closed_up(text: str) -> str:
    return re.sub(r"\s", "", text)


if __name__ == "__main__":
    sys.exit(main())
