"""What `/metrics` says of the turns, of the lines before Rasa and the search, and of the breaker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from channels.breaker import State
from channels.rasa_client import RasaClient, Result
from channels.switchboard.receive import Switchboard
from channels.waiting_line import TurnedAway, WaitingLine


class LineMetrics(Collector):
    """Read when they are asked for; nothing is kept here."""

    def __init__(self, rasa: RasaClient, switchboard: Switchboard) -> None:
        self._rasa, self._turns = rasa, switchboard.turns
        self._lines: Mapping[str, WaitingLine] = {"rasa": rasa.line, "alone": switchboard.alone}

    def collect(self) -> Iterable[Metric]:
        turns = CounterMetricFamily(
            "wenban_turns", "Messages answered, and why it was done so", labels=["outcome", "reason"]
        )
        for (outcome, reason), count in sorted(self._turns.items()):
            turns.add_metric([outcome, reason], count)
        yield turns
        yield self._of_lines("wenban_line_in_work", "Messages being answered", "in_work")
        yield self._of_lines("wenban_line_at_once", "How many may be in work", "at_once")
        yield self._of_lines("wenban_line_waiting", "Messages that wait", "waiting")
        yield self._of_lines("wenban_line_longest", "How many may wait", "longest")
        yield self._of_lines("wenban_line_expected_wait_seconds", "Of whoever joined now", "expected_wait_s")
        turned_away = CounterMetricFamily(
            "wenban_line_turned_away", "Messages for which there was no place", labels=["line", "reason"]
        )
        for name, line in self._lines.items():
            for reason in TurnedAway:
                turned_away.add_metric([name, reason], line.turned_away[reason])
        yield turned_away
        results = CounterMetricFamily("wenban_rasa_results", "How messages for Rasa fared", labels=["result"])
        for result in Result:
            results.add_metric([result], self._rasa.results[result])
        yield results
        breaker = GaugeMetricFamily("wenban_rasa_breaker", "1 for the state that it is in", labels=["state"])
        for state in State:
            breaker.add_metric([state], self._rasa.breaker.state is state)
        yield breaker
        yield CounterMetricFamily(
            "wenban_rasa_breaker_opened", "How often it has opened", value=self._rasa.breaker.times_opened
        )

    def _of_lines(self, name: str, what: str, attribute: str) -> Metric:
        family = GaugeMetricFamily(name, what, labels=["line"])
        for line_name, line in self._lines.items():
            family.add_metric([line_name], getattr(line, attribute))
        return family
