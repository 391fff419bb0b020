"""What a citizen wrote, as far as the words tell. Each reading is made when it is first asked for, and only once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from knowledge_base.language import asking, tokenize
from knowledge_base.language.interrogatives import has_question_word
from knowledge_base.language.places import places_named
from knowledge_base.library import Library
from knowledge_base.model import RegionCode
from knowledge_base.offices import Office
from knowledge_base.search.find import Decision
from service_hall.hearing.commands import BookingRule, Emergency, SaidCommand
from service_hall.hearing.consent import Deed, consents
from service_hall.hearing.correcting import Correction, read_correction, takes_back
from service_hall.hearing.notions import says, without
from service_hall.hearing.picking import MANY, ends_by_place, picks_a_time, place_picked, turns_down_place
from service_hall.hearing.subject import (
    item_in,
    likely_items,
    office_named_in,
    subject_of,
    sure_item,
    without_nearest,
    without_offices,
)
from service_hall.hearing.when.spoken_time import (
    NotADay,
    When,
    calls_today_by_weekday,
    moved_from,
    moved_to,
    read_when,
)
from service_hall.hearing.when.today import Today
from service_hall.hearing.who.fields import PersonField, field_named
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.traditional_calendar import SOLAR_TERMS
from service_hall.shared.working_calendar import WorkingCalendar

_CLAUSE = re.compile(r"[，,。；;！!？?\s]+")
_MONTH_AND_DAY = re.compile(r"[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}")
_AND = re.compile(r"[、，和跟与]|还有|以及|同时")
_DEGREES = ("rates_best", "rates_good", "rates_fair", "rates_bad", "rates_worst")
_COMPARED = re.compile(r"(?<=[早晚快慢近远])一点")


def _said(notion: str) -> cached_property[bool]:
    """What it means, and what says it: `phrases/<notion>.yml`."""
    return cached_property(lambda sentence: says(notion, sentence.text))


@dataclass(frozen=True, eq=False)
class Sentence:
    """`text`: masked. `now`: aware. What it says never depends on what was said before."""

    text: str
    now: datetime
    library: Library
    calendar: WorkingCalendar

    def __repr__(self) -> str:
        return "Sentence(…)"  # must not reach a log by way of a traceback

    def part(self, text: str) -> Sentence:
        """Something that stands in it, or is made of it, heard at the same moment."""
        return self if text == self.text else Sentence(text, self.now, self.library, self.calendar)

    # its letters

    @cached_property
    def plain(self) -> str:
        return tokenize.plain(self.text)

    @cached_property
    def clauses(self) -> tuple[Sentence, ...]:
        return tuple(self.part(clause) for clause in _CLAUSE.split(self.text) if clause)

    @cached_property
    def beside_ending(self) -> Sentence:
        """护照那个先取消吧: without the words of cancelling, and why."""
        return self.part(without("ending_words", self.text, ""))

    # when

    @cached_property
    def when(self) -> When | NotADay | None:
        return read_when(self._of_time, self.now, self.calendar)

    @property
    def as_day(self) -> Sentence:
        """大雪 alone, to the question of the day, is no weather, and 12月31 no fraction."""
        if _MONTH_AND_DAY.fullmatch(self.text.strip()):
            return self.part(f"{self.text.strip()}日")
        return self.part(f"{self.plain}那天") if self.plain in SOLAR_TERMS else self

    @cached_property
    def wants_soonest(self) -> bool:
        return says("wants_soonest", self._of_time)

    @cached_property
    def calls_today_by_weekday(self) -> bool:
        """The only day is today, called 周一 and not 今天."""
        return isinstance(self.when, When) and calls_today_by_weekday(self.text, self.when, self.now)

    @cached_property
    def moved_from(self) -> Sentence:
        """把周三的改到周五: what stands before 改到; all of it where nothing is moved."""
        return self.part(moved_from(self.text))

    @cached_property
    def moved_to(self) -> Sentence:
        """What stands behind 改到; all of it where nothing is moved."""
        return self.part(moved_to(self.text))

    asks_which_time = _said("asks_which_time")
    wants_other_time = _said("wants_other_time")
    wants_latest = _said("wants_latest")
    keeps_time = _said("keeps_time")

    # where

    @cached_property
    def office(self) -> Office | None:
        return office_named_in(self.text, self.library)

    @cached_property
    def beside_office(self) -> Sentence:
        """What else it says: neither an office nor a region tells what is asked."""
        return self.part(self.library.without_regions(without_offices(self.text, self.library)))

    only_says_where = _said("only_says_where")
    comes_from_elsewhere = _said("comes_from_elsewhere")
    asks_where_it_is_done = _said("asks_where_it_is_done")
    asks_whether_that_day = _said("asks_whether_that_day")
    asks_the_way = _said("asks_the_way")
    asks_for_telephone = _said("asks_for_telephone")
    asks_of_parking = _said("asks_of_parking")

    @cached_property
    def region(self) -> RegionCode | None:
        """The one it names; in 是北屏区不是青桥区 not the one that is taken back."""
        meant = self.library.region_named_in(self.correction.meant) if self.correction else None
        return meant or self.library.region_named_in(self.text)

    @cached_property
    def beside_region(self) -> Sentence:
        """What else it says: a region tells where, not what."""
        return self.part(self.library.without_regions(self.text))

    nearest = _said("wants_nearest")
    picks_nearest = _said("picks_nearest")
    wants_other_office = _said("wants_other_office")

    # what about

    @cached_property
    def subject(self) -> str:
        """What is left for the item; '' where nothing is."""
        return subject_of(self.text, self.library, Today(self.now.astimezone(SHANGHAI).date(), self.calendar))

    @cached_property
    def item(self) -> Decision | None:
        """What its subject is found to be; None where it leaves the item out."""
        return item_in(self.subject, self.library)

    @cached_property
    def names_several(self) -> bool:
        """身份证和社保卡: two things in one."""
        parts = [part for part in _AND.split(self.subject) if part]
        found = [set(likely_items(item_in(part, self.library))) for part in parts[:2]]
        return len(found) > 1 and all(found) and not found[0] & found[1]

    @property
    def sure_item(self) -> str:
        return sure_item(self.item)

    @property
    def likely_items(self) -> tuple[str, ...]:
        return likely_items(self.item)

    def item_put_right(self, current: str) -> str:
        """不是到期，是丢了要补办: the other item of the same thing; '' where no other one is meant beyond doubt."""
        meant = self.part(self.correction.meant).subject if self.correction else ""
        if not meant:
            return ""
        thing, word = self.library.subject(current), self.part(meant).content
        found = likely_items(self.library.find_item(meant if thing in meant else f"{thing}{meant}"))
        others = [guide_id for guide_id in found if guide_id != current]
        at_large = (*others, *likely_items(self.library.find_item(meant)))  # 我要离婚的, of 结婚登记
        if word and (named := [each for each in at_large if word in tokenize.plain(self.library.names[each])]):
            return named[0] if named[0] != current else ""
        return others[0] if others and (found[0] != current or len(others) == 1) else ""

    @cached_property
    def found(self) -> Decision:
        """What all of it is found to be, the asking and all."""
        return self.library.find(self.text)

    @cached_property
    def content(self) -> str:
        """What remains once the asking is taken away."""
        return asking.content_of(self.text)

    @cached_property
    def leaves_item_unsaid(self) -> bool:
        return asking.left_unsaid(self.text)

    @cached_property
    def leaves_matter_unsaid(self) -> bool:
        return asking.leaves_matter_unsaid(self.text)

    @cached_property
    def leans_back(self) -> bool:
        return asking.leans_back(self.text)

    @cached_property
    def points_back(self) -> bool:
        """At the item before the current one."""
        return asking.points_further_back(self.text)

    means_the_first = _said("means_the_first")

    @cached_property
    def has_question_word(self) -> bool:
        """吗, 什么, 多久; 能办不能 asks, too, without one."""
        return has_question_word(self.plain)

    # what is done with it

    @cached_property
    def correction(self) -> Correction | None:
        return read_correction(self.text)

    @cached_property
    def takes_back(self) -> bool:
        """Opens like a correction, whatever it was understood as."""
        return takes_back(self.text)

    @cached_property
    def command(self) -> SaidCommand | None:
        return next((each for each in SaidCommand if says(each.value, self.text)), None)

    @cached_property
    def rule_asked(self) -> BookingRule | None:
        """约了不去会怎样: asked, and nothing is to be done. 给我约一个，预约不要钱吧 wants something done, too."""
        if any(each.books and each._rule_named is None for each in self.clauses):
            return None
        return self._rule_named

    @cached_property
    def _rule_named(self) -> BookingRule | None:
        return next((each for each in BookingRule if says(each.value, self.text)), None)

    @cached_property
    def is_order(self) -> bool:
        """It may be carried out: it neither asks, nor denies, nor speaks of what might be."""
        return not (self.asks or self.ends_as_question or self.supposes or self.keeps_booking or self.rule_asked)

    @cached_property
    def emergency(self) -> Emergency | None:
        return next((each for each in Emergency if says(each.value, self.text)), None)

    @cached_property
    def rating(self) -> int | None:
        """1 非常满意 … 5 非常不满意."""
        return next((score for score, notion in enumerate(_DEGREES, start=1) if says(notion, self.text)), None)

    @cached_property
    def picks_by_place(self) -> bool:
        return place_picked(self.text, MANY) is not None

    @cached_property
    def picks_a_time(self) -> bool:
        """最后一个时段: by its place, and no other thing."""
        return self.picks_by_place and picks_a_time(self.text)

    @cached_property
    def ends_by_place(self) -> bool:
        """取消第二个; asking about it ends nothing, and 别取消第二个 less so."""
        return ends_by_place(self.text) and not self.asks and not says("keeps_booking", self.text)

    @cached_property
    def tells_of_another(self) -> bool:
        """原车主来不了: no booking is spoken of, and no day; it says of somebody or something that it will not do."""
        if self.when or self.stops or self.speaks_of_booking or self.means_earlier_booking or self.ends_by_place:
            return False
        if says("orders_ending", self.text):
            return False
        left = self.part(without("gives_back", self.text, "")).beside_ending
        return self.gives_back and bool(left.subject)

    @cached_property
    def turns_down_place(self) -> bool:
        return turns_down_place(self.text)

    @cached_property
    def books(self) -> bool:
        """Asks for a booking in so many words."""
        if says("orders_booking", self.text):
            return True
        return says("books", self.text) and not self.asks_rather_than_books

    @cached_property
    def asks_rather_than_books(self) -> bool:
        """约明天有号吗 books, if there is one."""
        wants_place = self.speaks_of_places and "约" in self.text
        return says("asks_rather_than_books", self.text) and not wants_place

    @cached_property
    def refuses_id_number(self) -> bool:
        """At the question whether to leave one, where any no will do."""
        is_about_another = self.wants_other_person and self.person_field != "id_number"  # 不对，改手机号
        return says("refuses_at_all", self.text) and (self.skips or not self.stops) and not is_about_another

    @cached_property
    def assents(self) -> bool:
        """A plain yes, and nothing else: 嗯？ is a question, and 你好 a greeting."""
        return consents(self.text)

    def consents(self, to: Deed) -> bool:
        """As `assents`, or in the words of what is to be done."""
        return consents(self.text, to)

    @cached_property
    def ends_as_question(self) -> bool:
        return self.text.rstrip().endswith(("?", "？"))

    @cached_property
    def may_agree(self) -> bool:
        """Where it was understood as a yes: it says so, too, and neither asks nor hesitates."""
        return says("says_yes", self.text) and not (self.asks or self.refuses or says("holds_back", self.text))

    asks_own_place = _said("asks_own_place")
    asks_how_full = _said("asks_how_full")
    wants_to_check_in = _said("wants_to_check_in")
    wants_it_plainer = _said("wants_it_plainer")
    wants_to_rate = _said("wants_to_rate")
    in_danger_of_life = _said("in_danger_of_life")
    refuses = _said("refuses")
    declines = _said("declines")

    @cached_property
    def other_places(self) -> tuple[str, ...]:
        """杭州的公积金: named, and not served here."""
        own = [name for region in self.library.regions for name in (region.name, *region.aliases)]
        return places_named(self.text, own)

    stops = _said("stops")
    gives_up = _said("gives_up")
    skips = _said("skips")
    asks = _said("asks")
    leaves_choice = _said("leaves_choice")
    asks_back = _said("asks_back")
    asks_whether_to_bring = _said("asks_whether_to_bring")
    relates_two = _said("relates_two")
    has_no_more = _said("has_no_more")
    asks_the_same_of_another = _said("asks_the_same_of_another")
    asks_for_places = _said("asks_for_free_places")
    speaks_of_places = _said("speaks_of_free_places")
    asks_about_service = _said("asks_about_service")
    tells_a_fact = _said("tells_a_fact")
    books_one_more = _said("books_one_more")
    speaks_of_moving = _said("speaks_of_moving")
    speaks_of_booking = _said("speaks_of_booking")
    means_earlier_booking = _said("means_earlier_booking")
    goes_on = _said("goes_on")
    takes_number = _said("takes_number")
    gives_back = _said("gives_back")
    keeps_booking = _said("keeps_booking")
    supposes = _said("supposes")
    leaves_time_alone = _said("leaves_time_alone")
    wants_to_wait = _said("wants_to_wait")

    # who

    leaves_out_id_number = _said("leaves_out_id_number")
    means_same_person = _said("means_same_person")
    means_somebody_else = _said("means_somebody_else")
    wants_other_person = _said("wants_other_person")
    gives_id_number = _said("gives_id_number")

    @cached_property
    def person_field(self) -> PersonField | None:
        """改手机号: the one of name and numbers that it speaks of."""
        return field_named(self.text)

    @cached_property
    def _of_time(self) -> str:
        """北屏大厅 and 离我最近的 tell no time, and 早一点 is not one o'clock."""
        return _COMPARED.sub("点", without_nearest(without_offices(self.text, self.library)))
