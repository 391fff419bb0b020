"""The one-trip pack: what to bring, taken from the guide when the visit was booked, to tick off at home."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge_base.model import ServiceGuide
from knowledge_base.statements import Material


class PackItem(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    name: str
    detail: str = ""
    """The sentence of the guide: when it is needed, what may stand in its place."""
    required: bool = True
    when: str = ""
    """In which situation it is needed; empty: always."""
    given_at_counter: bool = False
    """The counter hands it out: nothing to bring."""
    ticked: bool = False
    change: Literal["", "new", "changed"] = ""
    """Against what the citizen was told first."""


class Pack(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    items: tuple[PackItem, ...] = ()
    dropped: tuple[str, ...] = ()
    """No longer needed."""
    digest: str = ""
    """Of the guide's materials; another digest: the guide has changed since."""

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.to_bring if item.required and not item.ticked)

    @property
    def to_bring(self) -> tuple[PackItem, ...]:
        """What everybody needs comes first."""
        brought = [item for item in self.items if not item.given_at_counter]
        return tuple(sorted(brought, key=lambda item: not item.required))

    @property
    def at_counter(self) -> tuple[PackItem, ...]:
        return tuple(item for item in self.items if item.given_at_counter)

    def ticking(self, names: Sequence[str]) -> Pack:
        """Exactly these are ticked; names that are not in the pack are ignored."""
        return self.model_copy(
            update={"items": tuple(item.model_copy(update={"ticked": item.name in names}) for item in self.items)}
        )


def pack_of(guide: ServiceGuide | None) -> Pack:
    if guide is None:
        return Pack()
    by_name: dict[str, list[Material]] = {}
    for material in guide.of(Material):
        if material.brings != "nobody":
            by_name.setdefault(material.name, []).append(material)
    items = tuple(
        PackItem(
            name=name,
            detail="；".join(map(_detail, same)),
            required=any(each.required and not each.when for each in same),
            when="；".join(dict.fromkeys(each.when for each in same)) if all(each.when for each in same) else "",
            given_at_counter=all(each.brings == "window" for each in same),
        )
        for name, same in by_name.items()
    )
    return Pack(items=items, digest=_digest(items))


def renewed(pack: Pack, guide: ServiceGuide | None) -> Pack:
    """The pack as the guide stands now; ticks stay where the material is the same as before."""
    if guide is None:
        return pack
    now = pack_of(guide)
    before = {item.name: item for item in pack.items}
    items = []
    for item in now.items:
        known = before.get(item.name)
        if known is None:
            items.append(item.model_copy(update={"change": "new"}))
        elif (known.detail, known.required) != (item.detail, item.required):
            items.append(item.model_copy(update={"change": "changed"}))
        else:
            items.append(item.model_copy(update={"ticked": known.ticked, "change": known.change}))
    names = {item.name for item in now.items}
    dropped = [name for name in (*pack.dropped, *before) if name not in names]
    return Pack(items=tuple(items), dropped=tuple(dict.fromkeys(dropped)), digest=now.digest)


def _detail(material: Material) -> str:
    """The sentence says when it is needed and what may stand in its place; counts only if it leaves them out."""
    kinds = (("原件", material.originals), ("复印件", material.copies))
    counts = [f"{kind}{count}份" for kind, count in kinds if count]
    told = [
        "" if counts == ["原件1份"] or "复印件" in material.says else "、".join(counts),
        material.says,
        "可用电子证照代替" if material.electronic_licence and "电子" not in material.says else "",
    ]
    return "；".join(part.rstrip("。；") for part in told if part)


def _digest(items: Sequence[PackItem]) -> str:
    told = [[item.name, item.detail, item.required, item.given_at_counter] for item in items]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]
