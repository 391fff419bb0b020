"""Runs the model's graph node after node, in an order found once.

Rasa has dask plan and schedule the same ten small nodes anew with each message and each prediction, for which dask took
as long as the nodes themselves. The nodes, their inputs and their faults stay Rasa's. Training keeps Rasa's runner.
"""

from typing import Any, Dict, List, Optional, Text, Tuple

import rasa.core.processor
from rasa.engine.runner.dask import DaskGraphRunner


class StraightGraphRunner(DaskGraphRunner):
    def run(self, inputs: Optional[Dict[Text, Any]] = None, targets: Optional[List[Text]] = None) -> Dict[Text, Any]:
        wanted = tuple(targets or self._graph_schema.target_names)
        done = dict(inputs or {})
        for name, needs in self._order_for(wanted):
            # As dask does it: what nobody has made is passed on by name, and the node says so.
            _, done[name] = self._instantiated_nodes[name](
                *((need, done[need]) if need in done else need for need in needs)
            )
        return {name: done[name] for name in wanted}

    def _order_for(self, targets: Tuple[Text, ...]) -> List[Tuple[Text, Tuple[Text, ...]]]:
        """(node, what it needs), each after what it needs."""
        orders = self.__dict__.setdefault("_orders", {})
        if targets not in orders:
            order: Dict[Text, Tuple[Text, ...]] = {}
            for target in targets:
                self._put_after_its_needs(target, order)
            orders[targets] = list(order.items())
        return orders[targets]

    def _put_after_its_needs(self, name: Text, order: Dict[Text, Tuple[Text, ...]]) -> None:
        node = self._graph_schema.nodes.get(name)
        if node is None or name in order:  # an input of the run
            return
        for need in node.needs.values():
            self._put_after_its_needs(need, order)
        order[name] = tuple(node.needs.values())


def run_graphs_straight() -> None:
    """Where messages are processed; calling it twice changes nothing."""
    rasa.core.processor.DaskGraphRunner = StraightGraphRunner
