"""Published documents as the files of `knowledge_base/content/guides/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from yaml import CSafeDumper

from knowledge_base.content_files import CONTENT
from knowledge_base.documents import GuideDocument
from knowledge_base.model import NATIONAL

NEW = "new"
"""The folder of what no file has yet."""


def yaml_files(documents: Iterable[GuideDocument], content: Path = CONTENT) -> Iterator[tuple[str, str]]:
    """Each file's name below `guides/`, and its text."""
    folders = {path.name.split(".")[0]: path.parent.name for path in (content / "guides").glob("*/*.yml")}
    told = list(documents)
    versions = Counter((each.guide_id, each.region) for each in told)
    for each in told:
        parts = [each.guide_id, *([each.region] if each.region != NATIONAL else [])]
        if versions[each.guide_id, each.region] > 1:
            parts.append(str(each.body.get("effective_from", "")))
        text = yaml.dump(dict(each.body), Dumper=CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
        yield f"{folders.get(each.guide_id, NEW)}/{'.'.join(parts)}.yml", text
