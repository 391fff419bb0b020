"""Role × action, anonymous included, as a table; and where somebody may do it."""

from __future__ import annotations

import pytest

from service_hall.hall import make_hall
from service_hall.staff.member import ANYWHERE, Member, Place, may
from service_hall.staff.roles import ROLE_NAMES, ROLE_WORK, WHO_MAY, Action, Role

#                           curator  reviewer clerk  agent  analyst administrator
from tests.fakes import TOWN_HALL
from tests.visit_town import VisitTown

TABLE = """
own_account                 yes      yes      yes    yes    yes     yes
see_knowledge               yes      yes      yes    yes    yes     yes
edit_knowledge              yes      -        -      -      -       yes
review_knowledge            -        yes      -      -      -       yes
publish_knowledge           -        yes      -      -      -       yes
import_knowledge            yes      -        -      -      -       yes
export_knowledge            yes      yes      -      -      yes     yes
edit_offices                yes      -        -      -      -       yes
edit_scenarios              yes      -        -      -      -       yes
try_search                  yes      yes      -      yes    yes     yes
see_conversations           yes      yes      -      yes    yes     yes
export_conversations        -        -        -      -      yes     yes
assign_work                 yes      yes      -      -      -       yes
serve_at_counter            -        -        yes    -      -       yes
plan_counters               -        -        yes    -      -       yes
help_live                   -        -        -      yes    -       yes
see_figures                 yes      yes      -      -      yes     yes
set_notice                  -        yes      -      -      -       yes
switch_search_only          -        -        -      -      -       yes
manage_staff                -        -        -      -      -       yes
see_audit                   -        -        -      -      -       yes
"""
ROLES = (Role.CURATOR, Role.REVIEWER, Role.CLERK, Role.AGENT, Role.ANALYST, Role.ADMINISTRATOR)
ROWS = [line.split() for line in TABLE.strip().splitlines()]
EAST = Place(regions=("000000", "880100", "880101"), bodies="县级公安机关、公安派出所")


def somebody(*roles: Role, regions: tuple[str, ...] = (), departments: tuple[str, ...] = ()) -> Member:
    return Member("李静", frozenset(roles), frozenset(regions), frozenset(departments))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_role_may_what_the_table_says_and_nothing_else(row: list[str]) -> None:
    action = Action(row[0])
    for role, said in zip(ROLES, row[1:], strict=True):
        assert may(somebody(role), action) is (said == "yes"), role


def test_the_table_names_every_action_and_every_role() -> None:
    assert [row[0] for row in ROWS] == [*Action] == [*WHO_MAY]
    assert {*ROLES} == {*Role} == {*ROLE_NAMES} == {*ROLE_WORK}


@pytest.mark.parametrize("action", Action)
def test_anonymous_and_whoever_has_no_role_may_nothing(action: Action) -> None:
    assert not may(None, action)
    assert not may(somebody(), action)


@pytest.mark.parametrize("action", Action)
def test_before_the_first_password_is_changed_only_that_may_be_done(action: Action) -> None:
    new = Member("李静", frozenset({Role.ADMINISTRATOR}), must_change=True)
    assert may(new, action) is (action is Action.OWN_ACCOUNT)


def test_two_roles_may_what_either_may() -> None:
    both = somebody(Role.CURATOR, Role.CLERK)
    assert may(both, Action.EDIT_KNOWLEDGE) and may(both, Action.SERVE_AT_COUNTER)
    assert not may(both, Action.PUBLISH_KNOWLEDGE)


@pytest.mark.parametrize(
    ("regions", "departments", "is_hers"),
    [
        ((), (), True),
        (("880101",), (), True),
        (("880100",), (), True),
        (("880102",), (), False),
        ((), ("公安",), True),
        ((), ("民政",), False),
        (("880101",), ("民政", "公安"), True),
        (("880102",), ("公安",), False),
    ],
)
def test_limits_hold_for_the_region_with_all_below_it_and_for_who_handles_it(
    regions: tuple[str, ...], departments: tuple[str, ...], is_hers: bool
) -> None:
    member = somebody(Role.CURATOR, regions=regions, departments=departments)
    assert may(member, Action.EDIT_KNOWLEDGE, EAST) is is_hers
    assert may(member, Action.EDIT_KNOWLEDGE, ANYWHERE)


def test_whoever_is_limited_to_a_district_may_not_change_what_holds_for_the_whole_city() -> None:
    member = somebody(Role.CURATOR, regions=("880101",))
    assert not may(member, Action.EDIT_KNOWLEDGE, Place(regions=("000000", "880100")))


def test_an_office_is_the_place_of_those_who_handle_its_items() -> None:
    place = make_hall(VisitTown().means).place_of_office(TOWN_HALL)
    [handling] = {place.bodies.split()[0][:2]}
    assert somebody(Role.CURATOR, departments=(handling,)).covers(place)
    assert not somebody(Role.CURATOR, departments=("没有的部门",)).covers(place)
