"""What is sealed opens with the hall's key, for what it is bound to, and otherwise not at all."""

from __future__ import annotations

import pytest

from server.sealing import AesSafe
from service_hall.shared.safe import SealBroken

SAID = '{"name": "王小明", "phone": "13800000000"} 😀'
SAFE = AesSafe("the hall's secret")


@pytest.mark.parametrize("text", ["", SAID, "长" * 10_000])
def test_what_is_sealed_opens(text: str) -> None:
    assert SAFE.open(SAFE.seal(text, "w_1"), "w_1") == text


def test_sealed_text_shows_nothing_and_is_never_the_same_twice() -> None:
    sealed = {SAFE.seal(SAID, "w_1") for _ in range(50)}
    assert len(sealed) == 50
    assert not any("王小明" in each or "13800000000" in each for each in sealed)


def test_it_opens_only_for_what_it_is_bound_to() -> None:
    sealed = SAFE.seal(SAID, "w_1")
    for other in ("w_2", "", "w_1 "):
        with pytest.raises(SealBroken):
            SAFE.open(sealed, other)


def test_every_change_of_a_letter_is_noticed() -> None:
    sealed = SAFE.seal("王小明", "w_1")
    for place, letter in enumerate(sealed):
        for other in {"A", "B", "_", "=", "\n", "长"} - {letter}:
            with pytest.raises(SealBroken):
                SAFE.open(sealed[:place] + other + sealed[place + 1 :], "w_1")


def test_what_is_cut_or_lengthened_is_noticed() -> None:
    sealed = SAFE.seal(SAID, "w_1")
    for broken in (sealed[:-4], sealed[4:], sealed + "AAAA", sealed + sealed, sealed + "\n", " " + sealed):
        with pytest.raises(SealBroken):
            SAFE.open(broken, "w_1")


@pytest.mark.parametrize("never", ["", "=", "AQ==", "不是", "AQ" * 8, "{}", "\x00", "A" * 100_000])
def test_what_was_never_sealed_does_not_open(never: str) -> None:
    with pytest.raises(SealBroken):
        SAFE.open(never, "w_1")


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealBroken):
        AesSafe("another secret").open(SAFE.seal(SAID, "w_1"), "w_1")


def test_a_new_secret_opens_what_the_previous_ones_sealed() -> None:
    oldest, old = AesSafe("oldest").seal("一", "w_1"), AesSafe("old").seal("二", "w_1")
    safe = AesSafe("new", previous=("old", "oldest"))
    assert (safe.open(oldest, "w_1"), safe.open(old, "w_1")) == ("一", "二")


def test_what_is_sealed_now_is_sealed_with_the_new_secret() -> None:
    sealed = AesSafe("new", previous=("old",)).seal(SAID, "w_1")
    assert AesSafe("new").open(sealed, "w_1") == SAID
    with pytest.raises(SealBroken):
        AesSafe("old").open(sealed, "w_1")


def test_the_same_text_has_the_same_fingerprint_on_every_node() -> None:
    assert SAFE.fingerprint("110101199001011237") == AesSafe("the hall's secret").fingerprint("110101199001011237")
    assert SAFE.fingerprint("110101199001011237") != SAFE.fingerprint("110101199001011238")


def test_a_fingerprint_needs_the_key_and_is_short() -> None:
    assert SAFE.fingerprint("王小明") != AesSafe("another secret").fingerprint("王小明")
    assert [len(SAFE.fingerprint(text)) for text in ("", "王小明", "长" * 1000)] == [32] * 3


@pytest.mark.parametrize(("secret", "previous"), [("", ()), ("new", ("",)), ("", ("old",))])
def test_an_empty_secret_seals_nothing(secret: str, previous: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="empty"):
        AesSafe(secret, previous)
