from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge_base import standing
from knowledge_base.library import Library
from knowledge_base.model import RegionCode, ServiceGuide
from knowledge_base.published import words_of_knowledge
from knowledge_base.search.find import Answered, Evidence, NotFound, Unsure
from knowledge_base.sources import LegalText
from knowledge_base.statements import Proxy, Statement, Where
from knowledge_base.support import State, Support, support_of
from tests import fakes
from tests.fakes import EAST, TODAY, TOWN, WEST, WILLOW


@pytest.fixture
def library() -> Library:
    return fakes.town()


def place_of(guide: ServiceGuide) -> str:
    (where,) = guide.of(Where)
    return where.says


class TestGuides:
    def test_without_a_region_the_hall_s_own_speaks(self, library: Library) -> None:
        guide = library.guide("dog-register")
        assert guide and guide.statement("town-promise") and place_of(guide) == "居住地的办事窗口。"

    def test_each_region_has_its_own_version(self, library: Library) -> None:
        places = {
            region: place_of(guide) for region in (EAST, WEST) if (guide := library.guide("dog-register", region))
        }
        assert places == {EAST: "东河区犬只登记点。", WEST: "居住地的办事窗口。"}

    def test_an_unknown_region_is_served_as_the_hall_s_own(self, library: Library) -> None:
        assert library.guide("dog-register", "999999") == library.guide("dog-register", TOWN)

    @pytest.mark.parametrize("guide_id", ["", "no-such-guide", "boat-register", "../dog-register"])
    def test_what_is_not_written_is_none(self, library: Library, guide_id: str) -> None:
        assert library.guide(guide_id) is None

    def test_a_guide_is_none_before_its_first_day(self, library: Library) -> None:
        assert replace(library, on=date(2019, 12, 31)).guide("dog-register") is None

    def test_the_catalogue_s_order_is_kept_and_unwritten_items_are_left_out(self, library: Library) -> None:
        assert library.guide_ids == (
            "library-card-first",
            "library-card-lost",
            "dog-register",
            "night-stall",
            "tree-felling",
        )

    def test_what_is_most_asked_is_among_the_guides(self, library: Library) -> None:
        assert library.most_asked == library.guide_ids[:4]

    def test_the_subject_is_what_the_names_have_in_common(self, library: Library) -> None:
        assert "借书证" in library.subject("library-card-lost")
        assert library.subject("no-such-guide") == ""


class TestHowWellItIsHeld:
    def test_a_statement_is_held_by_the_published_sources(self, library: Library) -> None:
        guide, stall = library.guide("dog-register", EAST), library.guide("night-stall")
        assert guide and stall
        states = {each.id: library.state_of(each) for each in (*guide.statements, *stall.of(Proxy))}
        assert (states["fee"], states["vaccine"], states["proxy"]) == (
            State.VERIFIED,
            State.SAMPLE,
            State.UNVERIFIED,
        )

    def test_on_a_day_when_the_source_has_ended_it_is_held_no_more(self) -> None:
        ended = {name: each.model_copy(update={"in_force_until": TODAY}) for name, each in fakes.sources().items()}
        states = []
        for on in (TODAY, TODAY + timedelta(1)):
            library = replace(fakes.town(), published=fakes.published(sources=ended), on=on)
            guide = library.guide("dog-register")
            assert guide
            states.append(library.state_of(guide.statements[0]))
        assert states == [State.VERIFIED, State.UNVERIFIED]

    def test_it_is_found_out_once_for_all_that_says_the_same(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        judged: list[str] = []

        def count(statement: Statement, sources: Mapping[str, LegalText], on: date) -> Support:
            judged.append(statement.id)
            return support_of(statement, sources, on)

        monkeypatch.setattr(standing, "support_of", count)
        one = replace(library)
        for _ in range(2):
            # Of another day it is laid together anew each time.
            guide = one.guide("dog-register", EAST, TODAY + timedelta(1))
            assert guide
            states = [one.state_of(each) for each in guide.statements]
        assert len(judged) == len(set(judged)) and State.VERIFIED in states


class TestOffices:
    def test_the_district_s_own_office_comes_first(self, library: Library) -> None:
        assert [office.id for office in library.offices_for("dog-register", EAST)] == [fakes.EAST_HALL]

    def test_a_street_goes_to_its_district(self, library: Library) -> None:
        assert [office.id for office in library.offices_for("dog-register", WILLOW)] == [fakes.EAST_HALL]

    def test_what_the_district_does_not_handle_the_town_does(self, library: Library) -> None:
        assert [office.id for office in library.offices_for("tree-felling", WEST)] == [fakes.TOWN_HALL]

    def test_the_town_shows_the_offices_of_all_its_districts(self, library: Library) -> None:
        assert [office.id for office in library.offices_for("dog-register", TOWN)] == [fakes.EAST_HALL, fakes.WEST_HALL]

    def test_what_nobody_handles_has_no_office(self, library: Library) -> None:
        assert library.offices_for("boat-register", EAST) == ()

    def test_the_nation_has_no_offices_of_its_own(self, library: Library) -> None:
        assert library.offices_for("dog-register", fakes.NATION) == ()

    def test_an_unknown_region_is_served_by_the_hall_s_own(self, library: Library) -> None:
        assert library.offices_for("dog-register", "999999") == library.offices_for("dog-register")

    def test_the_main_hall_of_a_street_is_its_district_s(self, library: Library) -> None:
        hall = library.main_hall(WILLOW)
        assert hall and hall.id == fakes.EAST_HALL


class TestRegionsNamedInText:
    @pytest.mark.parametrize(
        ("text", "region"),
        [
            ("我住东河区", EAST),
            ("西山那边的", WEST),
            ("溪城市东河区柳树街道怎么走", WILLOW),
            ("全市都能办吗", TOWN),
            ("从东河搬到西山", WEST),
            ("从西山搬到东河", EAST),
            ("全国通办吗", None),
            ("我户口在外地", None),
            ("", None),
            ("😀", None),
        ],
    )
    def test_the_most_local_and_then_the_last_is_meant(
        self, library: Library, text: str, region: RegionCode | None
    ) -> None:
        assert library.region_named_in(text) == region

    def test_without_regions_leaves_the_rest_of_the_sentence(self, library: Library) -> None:
        assert library.without_regions("溪城市东河区的狗证") == "的狗证"


class TestFinding:
    def test_a_question_in_other_words_finds_its_guide(self, library: Library) -> None:
        decision = library.find("家里刚买的狗去哪里登记")
        assert isinstance(decision, Answered) and decision.hit.guide_id == "dog-register"

    def test_a_bare_topic_offers_what_there_is_of_it(self, library: Library) -> None:
        decision = library.find("借书证")
        assert isinstance(decision, Unsure)
        assert {hit.guide_id for hit in decision.choices} == {"library-card-first", "library-card-lost"}

    def test_an_item_without_a_guide_is_known_but_not_answered(self, library: Library) -> None:
        decision = library.find("小渔船登记")
        assert isinstance(decision, NotFound) and decision.known and decision.known.guide_id == "boat-register"

    @pytest.mark.parametrize("text", ["", " \n\t", "？！。…", "😀🎉", "<>", "\x00"])
    def test_nothing_to_go_by_finds_nothing(self, library: Library, text: str) -> None:
        assert library.find(text) == NotFound(())

    @pytest.mark.parametrize(
        "text", ["/restart", "<script>alert(1)</script>", "'; DROP TABLE guides; --", "量子力学", "%s{0}{{}}"]
    )
    def test_what_no_guide_speaks_of_is_never_answered(self, library: Library, text: str) -> None:
        assert not isinstance(library.find(text), Answered)

    def test_a_thousand_characters_are_no_trouble(self, library: Library) -> None:
        decision = library.find("狗证怎么办" + "啊" * 995)
        assert decision.hits
        assert not isinstance(library.find("喂" * 1000), Answered)

    def test_a_question_that_one_guide_lists_is_answered_with_that_guide(self) -> None:
        """However near another one comes: it used to be asked back."""
        asked = fakes.statement("summary", "summary", "新办借书证要10元。", asked=["借书证"])
        knowledge = fakes.published()
        first = [fakes.document(fakes.telling(fakes.CARD_FIRST, asked))]
        documents = {**knowledge.documents, "library-card-first": first}
        library = fakes.build_town(fakes.published(documents=documents))
        assert isinstance(fakes.town().find("借书证"), Unsure)
        for written in ("借书证", "借书证？", "借書證"):
            decision = library.find(written)
            assert isinstance(decision, Answered) and decision.hits[0] == decision.hit
            assert decision.hit.guide_id == "library-card-first"

    def test_a_question_that_two_guides_list_is_not(self) -> None:
        asked = fakes.statement("summary", "summary", "要10元。", asked=["借书证"])
        bodies = (fakes.CARD_FIRST, fakes.CARD_LOST)
        both = {each["id"]: [fakes.document(fakes.telling(each, asked))] for each in bodies}
        library = fakes.build_town(fakes.published(documents={**fakes.published().documents, **both}))
        assert isinstance(library.find("借书证"), Unsure)

    def test_a_question_that_names_nothing_of_its_item_speaks_of_no_other(self) -> None:
        """A guide's 要等几天 used to draw every 要等几天 to it."""
        asked = fakes.statement(
            "limit", "limit", "20个工作日内办好。", basis="legal", value=20, unit="工作日", asked=["要等几天"]
        )
        documents = {
            **fakes.published().documents,
            "tree-felling": [fakes.document(fakes.telling(fakes.FELLING, asked))],
        }
        library = fakes.build_town(fakes.published(documents=documents))
        decision = library.find("犬只登记要等几天")
        assert isinstance(decision, Answered) and decision.hit.guide_id == "dog-register"
        assert library.suggest("要等", 5) == ["要等几天"]

    def test_weighed_among_some_the_others_do_not_count(self, library: Library) -> None:
        decision = library.find("丢了补办", among=["library-card-first", "library-card-lost"])
        assert {hit.guide_id for hit in decision.hits} <= {"library-card-first", "library-card-lost"}

    def test_weighed_among_none_nothing_is_found(self, library: Library) -> None:
        assert library.find("狗证", among=[]) == NotFound(())

    def test_the_same_question_is_always_decided_alike(self, library: Library) -> None:
        assert library.find("夜市摆摊要什么") == library.find("夜市摆摊要什么")


class TestSuggesting:
    def test_what_begins_so_comes_before_what_contains_it(self, library: Library) -> None:
        suggested = library.suggest("借书证", 8)
        assert suggested[0].startswith("借书证") and any(not text.startswith("借书证") for text in suggested)

    def test_no_more_than_asked_for_and_none_twice(self, library: Library) -> None:
        assert len(library.suggest("证", 3)) == 3
        everything = library.suggest("证", 100)
        assert len(everything) == len(set(everything))

    @pytest.mark.parametrize("prefix", ["", " ", "，。", "😀", "没有这样的事项"])
    def test_nothing_fitting_suggests_nothing(self, library: Library, prefix: str) -> None:
        assert library.suggest(prefix, 5) == []

    def test_items_without_a_guide_are_not_suggested(self, library: Library) -> None:
        assert library.suggest("渔船", 5) == []


class TestALibraryOfLittle:
    def test_with_nothing_published_nothing_is_found(self) -> None:
        empty = fakes.build_town(fakes.published(catalogue=(), offices=(), documents={}))
        assert empty.find("狗证") == NotFound(())
        assert (len(empty.index), empty.suggest("狗", 5), empty.most_asked, empty.main_hall()) == (0, [], (), None)

    def test_a_catalogue_alone_knows_names_and_answers_nothing(self) -> None:
        names_only = fakes.build_town(fakes.published(documents={}))
        assert not isinstance(names_only.find("犬只登记"), Answered)

    def test_a_guide_that_is_not_yet_in_force_counts_as_unwritten(self) -> None:
        early = fakes.build_town(on=date(2019, 1, 1))
        decision = early.find("犬只登记")
        assert isinstance(decision, NotFound) and early.guide("dog-register") is None


def test_words_of_knowledge_are_sorted_short_and_without_repeats() -> None:
    words = words_of_knowledge(fakes.published())
    assert words == sorted(set(words)) and all(2 <= len(word) <= 10 for word in words)
    assert {"养狗证", "狂犬疫苗接种证明", "东河", "渔船证", "溪城狗牌"} <= set(words)


def test_the_items_are_weighed_once_for_all_that_is_asked_of_a_sentence(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed: list[str] = []
    evidence = library.index.evidence

    def count(question: str, off_topic: float = 0.0) -> list[Evidence]:
        weighed.append(question)
        return evidence(question, off_topic)

    monkeypatch.setattr(library.index, "evidence", count)
    said = "狗证怎么办，要多少钱"
    library.told(said)
    library.find(said)
    library.find_item(said)
    library.topic_meant(said)
    library.find(said, among=["dog-register", "night-stall"])
    assert weighed == [said]
