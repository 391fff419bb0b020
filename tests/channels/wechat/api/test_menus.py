"""The custom menu within WeChat's bounds."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from channels.wechat.api.menus import Menu, MenuButton


def click(name: str = "预约") -> MenuButton:
    return MenuButton(name=name, type="click", key="book")


class TestWhatIsSent:
    def test_a_button_unfolds_opens_or_is_clicked(self) -> None:
        page = MenuButton(name="网页", type="view", url="https://example.org/")
        assert Menu(buttons=(MenuButton(name="办事", below=(click(),)), page)).body() == {
            "button": [
                {"name": "办事", "sub_button": [{"type": "click", "name": "预约", "key": "book"}]},
                {"type": "view", "name": "网页", "url": "https://example.org/"},
            ]
        }


class TestWhatIsRefused:
    def test_four_buttons(self) -> None:
        with pytest.raises(ValidationError):
            Menu(buttons=(click(),) * 4)

    def test_six_below_one(self) -> None:
        with pytest.raises(ValidationError):
            MenuButton(name="办事", below=(click(),) * 6)

    def test_three_levels(self) -> None:
        with pytest.raises(ValidationError):
            MenuButton(name="办事", below=(MenuButton(name="预约", below=(click(),)),))

    @pytest.mark.parametrize("given", [{"type": "view", "key": "x"}, {"type": "click", "url": "https://a/"}, {}])
    def test_a_button_that_leads_nowhere(self, given: dict[str, str]) -> None:
        with pytest.raises(ValidationError):
            MenuButton.model_validate({"name": "办事", **given})

    def test_a_name_on_top_of_more_than_sixteen_bytes(self) -> None:
        with pytest.raises(ValidationError):
            Menu(buttons=(click("六个汉字多了"),))
