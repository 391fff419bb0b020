"""What doors may ask of bookings; how it is done stands in the modules beside."""

from __future__ import annotations

from functools import partial

from service_hall.appointments import (
    changing,
    closing,
    excusing,
    no_shows,
    office_change,
    own,
    replies,
    reserving,
    series,
    sheet_effects,
    waiting_list,
)
from service_hall.appointments.days import days_ahead
from service_hall.appointments.leaving import forget_visitor, kept_until, still_open
from service_hall.appointments.places import openings_between
from service_hall.appointments.sheet_taking import SheetTaking
from service_hall.visits.means import Means, ends_at, person_of


class Appointments:
    def __init__(self, means: Means) -> None:
        # what a citizen does, or staff for somebody
        self.openings_between = partial(openings_between, means)
        self.book = partial(reserving.book, means)
        self.cancel = partial(changing.cancel, means)
        self.reschedule = partial(changing.reschedule, means)
        self.find = partial(own.find, means)
        self.visits_of = partial(own.visits_of, means)
        self.tick = partial(own.tick, means)
        self.share_with_clerk = partial(own.share_with_clerk, means)
        self.wishes_of = partial(own.wishes_of, means)
        self.join = partial(waiting_list.join, means)
        self.leave = partial(waiting_list.leave, means)
        self.appeal = partial(no_shows.appeal, means)
        self.can_appeal = partial(no_shows.can_appeal, means)
        self.still_open = partial(still_open, means)
        self.forget_visitor = partial(forget_visitor, means)
        # what is told of a visit
        self.counter_of = partial(replies.counter_of, means)
        self.check_in_from = partial(replies.check_in_from, means)
        self.ends_at = partial(ends_at, means)
        self.person_of = partial(person_of, means)
        self.kept_until = partial(kept_until, means)
        # what staff plan and decide
        self.days_ahead = partial(days_ahead, means)
        self.closures_ahead = partial(closing.closures_ahead, means)
        self.hits = partial(closing.hits, means)
        self.close = partial(closing.close, means)
        self.effects_of_sheet = partial(sheet_effects.effects_of, means)
        self.taking_of_sheet = partial(SheetTaking, means)
        self.reopen = partial(closing.reopen, means)
        self.add_hours = partial(closing.add_hours, means)
        self.drop_hours = partial(closing.drop_hours, means)
        self.affected_by = partial(office_change.affected, means)
        self.displace_affected = partial(office_change.displace_affected, means)
        self.open_appeals = partial(no_shows.open_appeals, means)
        self.decide_appeal = partial(no_shows.decide_appeal, means)
        self.no_show_by_code = partial(excusing.by_code, means)
        self.no_shows_by_person = partial(excusing.by_person, means)
        self.excuse = partial(excusing.excuse, means)
        self.lift = partial(excusing.lift, means)
        self.series_at = partial(series.series_at, means)
        self.release_series = partial(series.release, means)
        self.keep_series = partial(series.keep, means)
