"""Rasa's own doors, where nobody opens a turn: `rasa shell` says what the web says, but for personal data."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest

from evaluation.stack import Stack
from tests.dialogue.citizen import Citizen

pytestmark = pytest.mark.rasa
PHONE = "13800138000"


class Shell:
    """Posts to Rasa's REST channel as `rasa shell` does: a sender and a message, and nothing besides."""

    def __init__(self, rasa_url: str) -> None:
        self._url = f"{rasa_url}/webhooks/rest/webhook"
        self._sender = uuid4().hex

    def say(self, text: str) -> list[str]:
        answer = httpx.post(self._url, json={"sender": self._sender, "message": text}, timeout=30, trust_env=False)
        answer.raise_for_status()
        messages: list[dict[str, Any]] = answer.json()
        return [message["text"] for message in messages]


@pytest.fixture
def shell(running_stack_of_both: Stack) -> Shell:
    return Shell(running_stack_of_both.settings.rasa_url)


@pytest.mark.parametrize(
    "conversation",
    [
        ("身份证丢了怎么补办", "要多少钱", "那护照丢了呢", "再说一遍", "谢谢"),
        ("多少钱", "第二个", "我在青桥区", "要带什么材料"),
        ("你好", "你会做什么", "今天天气怎么样", "给我转人工", "再见"),
        ("我的申请办到哪一步了", "我要投诉", "前面还有几个人", "我约的是几点"),
        ("帮我预约补办身份证", "第一个", "要多少钱", "再说一遍", "算了不约了"),
    ],
    ids=["follow-ups", "choices", "talk", "errands", "booking"],
)
def test_the_shell_says_what_the_web_says(citizen: Citizen, shell: Shell, conversation: tuple[str, ...]) -> None:
    for text in conversation:
        on_the_web = [reply["text"] for reply in citizen.say(text)["replies"]]
        assert shell.say(text) == on_the_web, text


def test_the_shell_keeps_no_personal_data(shell: Shell) -> None:
    """Nobody there is known: what tells a person is thrown away, and the booking does not go on."""
    shell.say("帮我预约补办身份证")
    shell.say("第一个")
    asked = shell.say("最早的那个时间")
    answered = shell.say(f"我叫张三丰，电话{PHONE}")
    assert asked and answered
    assert not any("张三丰" in text or PHONE in text for text in answered)
    assert not any("约好了" in text for text in shell.say("确认"))
