"""Other places that a sentence names."""

from __future__ import annotations

import pytest

from knowledge_base.language.places import places_named


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("我在杭州租房，公积金怎么提", ("杭州",)),
        ("从成都转到南京去", ("成都", "南京")),
        ("户口在吉林省，人在这里", ("吉林",)),
        ("黑龙江和呼和浩特，还有黑龙江", ("黑龙江", "呼和浩特")),
        ("家住南京路，卡是上海银行的", ()),
        ("开封的罐头，白银首饰，平安健康", ()),
        ("云禾的居住证怎么办", ()),
        ("我家四十四平住四口", ()),
        ("", ()),
    ],
)
def test_places_of_the_country_are_heard(text: str, places: tuple[str, ...]) -> None:
    assert places_named(text) == places


def test_the_places_that_are_served_are_no_others() -> None:
    assert places_named("常德的居住证", ["常德市", "武陵区"]) == ()
