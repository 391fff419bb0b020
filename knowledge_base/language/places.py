"""Places of the country that a sentence names: 在杭州租房 is no question to another city's hall."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from knowledge_base.yaml_lines import read_yaml

PLACES = Path(__file__).parent / "places.yml"
# 南京路, 上海银行, 武汉大学 are called so wherever they stand.
_NO_PLACE = "(?!(?:东|西|南|北|中)?(?:路|街|大道|巷|银行|大学|饭店|酒店|牌|话|菜|拉面|烧烤|小吃))"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    listed = read_yaml(PLACES).data
    bare, suffixed = (sorted(str(listed[part]).split(), key=len, reverse=True) for part in ("bare", "with_suffix"))
    return re.compile(f"(?:{'|'.join(bare)}){_NO_PLACE}|(?:{'|'.join(suffixed)})(?=[市州盟省])")


def places_named(text: str, own: Collection[str] = ()) -> tuple[str, ...]:
    """As they are called, in order, each once. `own`: names of the places that are served here."""
    found = dict.fromkeys(match[0] for match in _pattern().finditer(text))
    return tuple(place for place in found if not any(place in name for name in own))
