"""The tree of regions: nation, province, city, district, street."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge_base.model import Region, RegionCode


class UnknownRegion(LookupError):
    pass


class RegionTree:
    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = {region.code: region for region in regions}
        for region in self._regions.values():
            if region.parent is not None and region.parent not in self._regions:
                raise UnknownRegion(f"{region.name} 的上级 {region.parent} 不存在")
        for code in self._regions:
            self._climb(code)

    def __contains__(self, code: object) -> bool:
        return code in self._regions

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions.values())

    def __getitem__(self, code: str) -> Region:
        try:
            return self._regions[code]
        except KeyError:
            raise UnknownRegion(code) from None

    def chain(self, code: str) -> tuple[RegionCode, ...]:
        """From the nation down to `code` itself."""
        return tuple(RegionCode(step) for step in reversed(self._climb(code)))

    def within(self, code: str) -> tuple[RegionCode, ...]:
        """`code` and every region below it."""
        return tuple(RegionCode(region.code) for region in self if code in self._climb(region.code))

    def _climb(self, code: str) -> list[str]:
        path: list[str] = []
        step: str | None = code
        while step is not None:
            if step in path:
                raise UnknownRegion(f"{code} 的上级绕成了一圈")
            path.append(step)
            step = self[step].parent
        return path
