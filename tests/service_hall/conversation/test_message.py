from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.model import Aspect
from service_hall.conversation.message import Chosen, command_payload, legible, own_payload, read_command, read_payload
from service_hall.conversation.reply import ask_payload


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_choice_the_hall_offers_is_read_back(aspect: Aspect) -> None:
    assert read_payload(ask_payload(aspect, "id-card-lost")) == Chosen(aspect, "id-card-lost")


@pytest.mark.parametrize(
    "garbage",
    [
        "", " ", "/", "/restart", "/session_start", "/back", "/ask_fee", "ask_fee{\"guide_id\":\"a\"}", "身份证丢了",
        '/ask_fee{"guide_id":"A"}', '/ask_fee{"guide_id":"a b"}', '/ask_fee{"guide_id":"../etc/passwd"}',
        '/ask_fee{"guide_id":"a"} ', ' /ask_fee{"guide_id":"a"}', '/ask_fee{"guide_id":"a"}\n', '/ask_fee{"guide_id":"a"}/restart',
        '/ask_fee{"guide_id":null}', '/ask_fee{"guide_id":5}', '/ask_fee{"guide_id":["a"]}', '/ask_fee{"guide_id":{"a":1}}',
        '/ask_fee{"guide_id":""}', '/ask_fee{"guide":"a"}', "/ask_fee{}", "/ask_fee{a}", "/ask_fee{[1]}", "/ask_fee[1]",
        '/ask_nothing{"guide_id":"a"}', '/ask_{"guide_id":"a"}', '/ASK_FEE{"guide_id":"a"}', '/fee{"guide_id":"a"}',
        '/ask_human{"guide_id":"a"}', "/ask_human", '/greet{"guide_id":"a"}', '/ask_fee{"guide_id":"' + "a" * 65 + '"}',
        '/ask_fee{"guide_id":"' + "a" * 5000 + '"}', "/ask_fee{" + "[" * 100 + "}", '/ask_fee@1.0{"guide_id":"a"}',
        '/ask_fee{"guide_id":"<script>"}', '/ask_fee{"guide_id":"a"}{"guide_id":"b"}', '／ask_fee{"guide_id":"a"}',
    ],
)  # fmt: skip
def test_what_the_hall_never_offered_is_refused(garbage: str) -> None:
    assert read_payload(garbage) is None


payload_like = st.one_of(
    st.text(),
    st.text(st.sampled_from('/ask_fe{}"guide_id:,[]0-a\\\n'), max_size=60),
    st.builds(lambda value: f'/ask_fee{{"guide_id":{value}}}', st.text(max_size=80)),
    st.builds(
        lambda value: "/ask_fee" + json.dumps(value),
        st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["guide_id", "x"]), inner), max_leaves=6),
    ),
)  # fmt: skip


@given(payload_like)
def test_any_text_is_read_or_refused_and_never_raises(text: str) -> None:
    chosen = read_payload(text)
    assert chosen is None or (chosen.aspect in Aspect and chosen.guide_id.isascii() and len(chosen.guide_id) <= 64)


@given(st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True), st.sampled_from(list(Aspect)))
def test_what_is_written_is_read_back(guide_id: str, aspect: Aspect) -> None:
    assert read_payload(ask_payload(aspect, guide_id)) == Chosen(aspect, guide_id)


ITEMS, OFFICES = {"a", "id-card-lost"}, {"town-hall"}


class _Anything:
    def __contains__(self, _: object) -> bool:
        return True


ANYTHING = _Anything()


class TestThePayloadThatIsKept:
    @pytest.mark.parametrize(
        "payload",
        [
            ask_payload(Aspect.FEE, "id-card-lost"),
            command_payload("book"),
            command_payload("my_appointments"),
            command_payload("book", guide_id="id-card-lost", office_id="town-hall"),
            command_payload("give_details", node="when", value="2026-06-02T09:00:00+08:00", code="7KQ4M2XW9B"),
            command_payload("check_in", code="A234567892"),
            command_payload("give_details", node="proof", value="1232.779f8814d9d09087240e784702dd070f"),
        ],
    )
    def test_is_what_the_hall_offered(self, payload: str) -> None:
        assert own_payload(payload, ITEMS, OFFICES) == payload

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ('/ask_fee{"guide_id":"a","name":"王小明"}', '/ask_fee{"guide_id":"a"}'),
            ('/ask_fee{"phone":"13800138000", "guide_id" : "a"}', '/ask_fee{"guide_id":"a"}'),
            ('/ask_fee{"guide_id":"13800138000","guide_id":"a"}', '/ask_fee{"guide_id":"a"}'),
            ('/ask_fee{"guide_id":"\\u0061"}', '/ask_fee{"guide_id":"a"}'),
            ('/book{"guide_id":"a","x":"13800138000"}', '/book{"guide_id":"a"}'),
            ('/book{"x":{"y":[13800138000]}}', "/book"),
            ('/give_details{"node":"who","value":"same","name":"wang"}', '/give_details{"node":"who","value":"same"}'),
        ],
    )
    def test_has_no_key_that_nobody_knows(self, sent: str, kept: str) -> None:
        assert own_payload(sent, ITEMS, OFFICES) == kept

    @pytest.mark.parametrize(
        "sent",
        [
            '/ask_fee{"guide_id":"13800138000"}',
            '/ask_fee{"guide_id":"110101199003071234"}',
            '/book{"office_id":"138-0013-8000"}',
            '/book{"guide_id":"11010119850","office_id":"3074612"}',
            '/book{"guide_id":"ZhangSan"}',
            '/ask_fee{"guide_id":"wangxiaoming"}',
            '/book{"guide_id":"id-card-lost","office_id":"Z683368-7"}',
            '/give_details{"node":"who","value":"13800138000"}',
            '/give_details{"node":"who","value":"110101.19900307.123X"}',
            '/give_details{"node":"E12345678"}',
            '/check_in{"code":"13800138000"}',
        ],
    )
    def test_tells_nobodys_number(self, sent: str) -> None:
        assert own_payload(sent, ITEMS, OFFICES) == ""

    @given(payload_like)
    def test_is_read_as_what_was_sent(self, text: str) -> None:
        kept = own_payload(text, ANYTHING, ANYTHING)
        assert own_payload(kept, ANYTHING, ANYTHING) == kept
        assert not kept or (read_payload(kept), read_command(kept)) == (read_payload(text), read_command(text))


@pytest.mark.parametrize(
    ("written", "read"),
    [("身份证\x00丢了", "身份证丢了"), ("\x1b[31m护照", "[31m护照"), ("半个\ud83d", "半个"), ("两行\n和\t空格", "两行\n和\t空格"), ("👨‍👩‍👧", "👨‍👩‍👧")],
)  # fmt: skip
def test_what_nobody_types_is_taken_out(written: str, read: str) -> None:
    assert legible(written) == read


@pytest.mark.parametrize("letter", ["ﷺ", "㍿", "⑴", "㋀"])
def test_no_message_is_read_as_many_times_as_long_as_it_looks(letter: str) -> None:
    read = unicodedata.normalize("NFKC", legible(letter * 1000))
    assert 1100 < len(read) <= 1200


def test_an_ordinary_long_message_is_read_to_its_end() -> None:
    text = "材料①身份证原件和复印件，户口本也要……②照片½寸的就行吧？" * 32 + "完"
    assert 900 < len(text) < 1000 and legible(text) == text


@given(st.text(st.characters(), max_size=60))
def test_legible_text_can_be_kept_anywhere(text: str) -> None:
    legible(text).encode("utf-8")
    assert legible(legible(text)) == legible(text) and "\x00" not in legible(text)
