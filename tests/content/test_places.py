"""Regions and offices of the sample city."""

from __future__ import annotations

from collections import Counter

from knowledge_base.content_files import Content
from knowledge_base.model import NATIONAL, OpeningHours, RegionLevel


def test_the_city_has_two_districts(content: Content) -> None:
    districts = [region for region in content.regions if region.level is RegionLevel.DISTRICT]
    assert len(districts) == 2 and {region.parent for region in districts} == {"990100"}


def test_there_are_six_offices_in_the_city(content: Content) -> None:
    city = set(content.regions.within("990100"))
    assert len(content.offices) == 8 and all(office.region in city for office in content.offices)


def test_offices_have_ids_names_and_phones_of_their_own(content: Content) -> None:
    for part in ("id", "name", "phone", "address"):
        values = Counter(getattr(office, part) for office in content.offices)
        assert [value for value, times in values.items() if times > 1] == [], part


def test_each_district_has_an_office(content: Content) -> None:
    for region in content.regions:
        if region.level is RegionLevel.DISTRICT:
            assert any(office.region in content.regions.within(region.code) for office in content.offices), region.name


def test_no_alias_means_two_regions_or_two_offices(content: Content) -> None:
    regions = Counter(name for region in content.regions for name in {region.name, *region.aliases})
    offices = Counter(name for office in content.offices for name in {office.name, *office.aliases})
    assert [name for name, times in (*regions.items(), *offices.items()) if times > 1] == []


def test_what_is_made_up_is_marked_as_such(content: Content) -> None:
    assert all(office.sample for office in content.offices)
    assert all(region.sample for region in content.regions if region.code != NATIONAL)


def test_every_office_handles_guides_that_are_written(content: Content) -> None:
    for office in content.offices:
        assert len(set(office.guides)) == len(office.guides) and set(office.guides) & set(content.documents), (
            office.name
        )


def test_every_item_of_every_office_is_in_exactly_one_line(content: Content) -> None:
    for office in content.offices:
        assert Counter(guide for line in office.lines for guide in line.guides) == Counter(office.guides), office.name


def test_every_item_can_be_booked_in_every_opening_of_its_line(content: Content) -> None:
    """A whole slot fits into the opening, and a visit of the item into what citizens can book of the slot."""
    for office in content.offices:
        for guide_id in office.guides:
            line = office.line_of(guide_id)
            assert line is not None and office.hours_of(line.id), (office.name, guide_id)
            assert line.minutes_for(guide_id) <= min(line.slot_minutes, line.public_minutes), (office.name, guide_id)
            for hours in office.hours_of(line.id):
                assert minutes_open(hours) >= line.slot_minutes, (office.name, line.name, hours)


def test_the_slots_fill_the_opening_but_for_half_an_hour_at_most(content: Content) -> None:
    for office in content.offices:
        for line in office.lines:
            for hours in office.hours_of(line.id):
                assert minutes_open(hours) % line.slot_minutes <= 30, (office.name, line.name, hours)


def test_staff_can_book_a_place_of_every_item_for_those_who_cannot(content: Content) -> None:
    for office in content.offices:
        for line in office.lines:
            assert line.internal_minutes >= line.longest_minutes, (office.name, line.name)


def test_letters_of_tickets_are_not_mistaken_for_figures(content: Content) -> None:
    assert not {line.letter for office in content.offices for line in office.lines} & {"I", "O"}


def test_hours_that_say_only_some_items_are_handled_name_the_lines(content: Content) -> None:
    for office in content.offices:
        for hours in office.opening_hours:
            assert ("只办" in hours.note) == bool(hours.lines), (office.name, hours.note)


def minutes_open(hours: OpeningHours) -> int:
    opens, closes = (int(text[:2]) * 60 + int(text[3:]) for text in (hours.opens, hours.closes))
    return closes - opens
