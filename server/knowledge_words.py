"""What Rasa learns from the knowledge: jieba's dictionary and the lookup tables, written into `nlu_data/`.

`python -m server.knowledge_words` writes them; with `--check` it only says whether they are up to date.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from knowledge_base.content_files import Content, load_content
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Published, words_of_knowledge

NLU_DATA = Path(__file__).parents[1] / "nlu_data"
NOTE = "Written by `make knowledge-words` from knowledge_base/content: do not edit."


def generated_files(content: Content, folder: Path = NLU_DATA) -> dict[Path, str]:
    published = Published(content.regions, content.catalogue, content.offices, content.documents)
    # jieba: word, frequency, part of speech. The frequency keeps a name of the knowledge in one piece.
    dictionary = "".join(f"{word} 100000 n\n" for word in words_of_knowledge(published))
    items = {name for item in content.catalogue for name in (item.name, *item.also_called)}
    items |= {
        alias
        for documents in content.documents.values()
        for each in documents
        for alias in each.body.get("aliases", ())
    }
    offices = {name for office in content.offices for name in (office.name, *office.aliases)}
    regions = {name for region in content.regions for name in (region.name, *region.aliases) if len(name) > 1}
    return {
        folder / "dictionary" / "knowledge.txt": dictionary,
        folder / "entities" / "service_item.yml": _lookup("service_item", items),
        folder / "entities" / "office.yml": _lookup("office", offices),
        folder / "entities" / "region.yml": _lookup("region", regions),
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    only_check = options.parse_args().check
    stale = [
        path
        for path, text in generated_files(load_content()).items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    for path in stale:
        if only_check:
            print(f"out of date: {path.name}", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(generated_files(load_content())[path], "utf-8")
    return 1 if stale and only_check else 0


def _lookup(name: str, words: Iterable[str]) -> str:
    # Longest first: the alternation of a lookup table takes the first that fits.
    bare = sorted({plain(word) for word in words if len(plain(word)) >= 2}, key=lambda word: (-len(word), word))
    lines = "".join(f"      - {word}\n" for word in bare)
    return f'version: "3.1"\n\n# {NOTE}\nnlu:\n  - lookup: {name}\n    examples: |\n{lines}'


if __name__ == "__main__":
    sys.exit(main())
