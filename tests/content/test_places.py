"""Regions and offices of the sample city."""

from __future__ import annotations

from collections import Counter

from knowledge_base.content_files import Content
from knowledge_base.model import NATIONAL, RegionLevel


def test_the_city_has_two_districts(content: Content) -> None:
    districts = [region for region in content.regions if region.level is RegionLevel.DISTRICT]
    assert len(districts) == 2 and {region.parent for region in districts} == {"990100"}


def test_there_are_six_offices_in_the_city(content: Content) -> None:
    city = set(content.regions.within("990100"))
    assert len(content.offices) == 6 and all(office.region in city for office in content.offices)


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
