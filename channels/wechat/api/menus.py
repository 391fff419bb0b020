"""The account's custom menu: three buttons, each with up to five below it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_MOST_KEY_BYTES, _MOST_URL_BYTES = 128, 1024
MOST_TOP_NAME_BYTES, MOST_NAME_BYTES = 16, 60


class MenuButton(BaseModel):
    """A click brings `key`, a view opens `url`, a button with others below it only unfolds."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: Annotated[str, Field(min_length=1)]
    type: Literal["click", "view", "scancode_waitmsg", "location_select"] | None = None
    key: str = ""
    url: str = ""
    below: Annotated[tuple[MenuButton, ...], Field(max_length=5)] = ()

    @model_validator(mode="after")
    def _is_one_of_the_three(self) -> Self:
        wanted = (False, False, False) if self.below else (True, self.type != "view", self.type == "view")
        if (self.type is not None, bool(self.key), bool(self.url)) != wanted:
            raise ValueError(f"{self.name}: a view has a url, another button a key, one with others below it neither")
        if any(button.below for button in self.below):
            raise ValueError(f"{self.name}: a menu has two levels")
        _check_bytes(self.key, _MOST_KEY_BYTES)
        _check_bytes(self.url, _MOST_URL_BYTES)
        _check_bytes(self.name, MOST_NAME_BYTES)
        return self

    def body(self) -> dict[str, Any]:
        if self.below:
            return {"name": self.name, "sub_button": [button.body() for button in self.below]}
        told = {"url": self.url} if self.type == "view" else {"key": self.key}
        return {"type": self.type, "name": self.name, **told}


class Menu(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    buttons: Annotated[tuple[MenuButton, ...], Field(min_length=1, max_length=3)]

    @model_validator(mode="after")
    def _top_names_are_short(self) -> Self:
        for button in self.buttons:
            _check_bytes(button.name, MOST_TOP_NAME_BYTES)
        return self

    def body(self) -> dict[str, Any]:
        """As WeChat takes it."""
        return {"button": [button.body() for button in self.buttons]}


def _check_bytes(text: str, most: int) -> None:
    if len(text.encode()) > most:
        raise ValueError(f"{text}: longer than the {most} bytes that WeChat takes")
