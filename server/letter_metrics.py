"""What becomes of the notices on WeChat, for Prometheus: counted when somebody looks."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from channels.wechat.outgoing.letters import Letters
from service_hall.shared.errors import OutOfReach


class LetterMetrics(Collector):
    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Nothing while the database is out of reach: the other figures are wanted then."""
        counted = GaugeMetricFamily("wenban_wechat_letters", "Notices on WeChat of 30 days, by state", labels=["state"])
        try:
            for state, count in self._letters.counts().items():
                counted.add_metric([state.value], count)
        except OutOfReach:
            return
        yield counted
