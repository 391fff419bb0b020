"""Questions: found, added where they belong, and held against what there is."""

from __future__ import annotations

from service_hall.publishing.outcomes import NotNow
from service_hall.publishing.parts import PartName, part_of
from service_hall.publishing.questions import ALREADY, NO_PLACE
from service_hall.publishing.writing import Saved
from tests.publishing_town import ANNA, PublishingTown


def test_questions_are_listed_with_the_statement_that_answers_them(town: PublishingTown) -> None:
    [found] = town.publishing.questions.listed("新买的狗")
    assert (found.question, found.key.guide_id, found.statement_id) == (
        "家里新买的狗去哪里登记",
        "dog-register",
        "summary",
    )
    assert found.says == "给狗上证由本人到窗口办理。"
    of_dogs = list(town.publishing.questions.listed(guide_id="dog-register"))
    assert {each.key.guide_id for each in of_dogs} == {"dog-register"} and len(of_dogs) == 2


def test_one_that_says_the_same_is_pointed_out_wherever_it_stands(town: PublishingTown) -> None:
    near = town.publishing.questions.near("养狗要不要上证？", "night-stall")
    assert [(each.question, each.key.guide_id) for each in near.same] == [("养狗要不要上证", "dog-register")]
    assert [hit.guide_id for hit in near.others] == ["dog-register"]
    assert town.publishing.questions.near("养狗要不要上证", "dog-register").others == ()


def test_nothing_speaks_against_a_new_one(town: PublishingTown) -> None:
    near = town.publishing.questions.near("狗证到期了怎么续", "dog-register")
    assert near.same == () and near.others == ()
    assert town.publishing.questions.near(" ？", "dog-register").same == ()


def test_it_is_added_to_the_draft_of_the_document_that_says_it(town: PublishingTown) -> None:
    done = town.publishing.questions.add("狗证要几块钱", "dog-register", "fee", ANNA)
    assert isinstance(done, Saved)
    part = part_of(done.draft.body, PartName("fee"))
    assert part.value and part.value["asked"] == ["狗证要几块钱"] and done.draft.key.region == "000000"
    local = town.publishing.questions.add("溪城狗证几天能好", "dog-register", "town-promise", ANNA)
    assert isinstance(local, Saved) and local.draft.key.region == "880100"


def test_what_is_there_already_or_has_no_place_is_not_added(town: PublishingTown) -> None:
    questions = town.publishing.questions
    assert questions.add("养狗要不要上证？", "dog-register", "summary", ANNA) == NotNow(ALREADY)
    assert questions.add("问", "dog-register", "nothing", ANNA) == NotNow(NO_PLACE)
    assert questions.add("问", "nothing", "fee", ANNA) == NotNow(NO_PLACE)


def test_the_likeliest_statements_of_the_likeliest_items_are_offered(town: PublishingTown) -> None:
    places = town.publishing.questions.places_for("给狗上证要多少钱")
    assert places[0].guide_id == "dog-register" and "fee" in [each.statement_id for each in places[:3]]


def test_names_and_numbers_are_masked(town: PublishingTown) -> None:
    done = town.publishing.questions.add("我电话13812345678，狗证要几块钱", "dog-register", "fee", ANNA)
    assert isinstance(done, Saved) and done.part.value and "13812345678" not in str(done.part.value["asked"])
