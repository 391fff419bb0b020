"""What doors may ask of the queue; how it is done stands in the modules beside."""

from __future__ import annotations

from functools import partial

from service_hall.queue import arriving, calling
from service_hall.queue.board import board
from service_hall.queue.desk import card_of, desk, look_at_pack
from service_hall.queue.state import glance_at
from service_hall.queue.tickets import ticket_reply
from service_hall.visits.means import Means


class Queue:
    def __init__(self, means: Means) -> None:
        self.check_in = partial(arriving.check_in, means)
        self.take_ticket = partial(arriving.take_ticket, means)
        self.ticket_reply = partial(ticket_reply, means)
        self.board = partial(board, means)
        self.glance_at = partial(glance_at, means)
        self.desk = partial(desk, means)
        self.look_at_pack = partial(look_at_pack, means)
        self.card_of = partial(card_of, means)
        self.call_next = partial(calling.call_next, means)
        self.transfer = partial(calling.transfer, means)
        self.call_again = partial(calling.call_again, means)
        self.serve = partial(calling.serve, means)
        self.finish = partial(calling.finish, means)
        self.miss = partial(calling.miss, means)
        self.recall = partial(calling.recall, means)
