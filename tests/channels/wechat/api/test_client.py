"""WeChat's API over real HTTP, against the stand-in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from channels.wechat.api import CardPart, Decision, ImagePart, Menu, MenuButton, MenuPart, OpenId, Refused, TextPart
from channels.wechat.api import asking as asking_module
from channels.wechat.api.asking import http_for_wechat
from channels.wechat.api.client import Account, WeChatClient
from tests.fake_wechat import FakeTokenShelf
from tests.fakes import FixedClock
from tests.standins.wechat import APP_ID, SECRET, Fault, StandIn, standing_in
from tests.standins.wechat.server import MENU, OAUTH, QR_CODE, SEND, STABLE_TOKEN, SUBSCRIBE, TEMPLATE, TYPING, UPLOAD

LI = OpenId("openid-of-li")


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        yield stand_in


@pytest.fixture
def wechat(server: StandIn) -> StandIn:
    server.clear()
    return server


@pytest.fixture
async def client(wechat: StandIn) -> AsyncIterator[WeChatClient]:
    made = client_of(wechat)
    yield made
    await made.aclose()


def client_of(wechat: StandIn, secret: str = SECRET, app_id: str = APP_ID) -> WeChatClient:
    return WeChatClient(wechat.url, Account(app_id, secret), FakeTokenShelf(), http_for_wechat(), FixedClock())


async def refused(client: WeChatClient) -> Refused:
    with pytest.raises(Refused) as caught:
        await client.send(LI, TextPart("您好。"))
    return caught.value


class TestWhatIsSent:
    async def test_each_part_as_wechat_takes_it(self, wechat: StandIn, client: WeChatClient) -> None:
        for part in (
            TextPart("您好😀\n第二行"),
            MenuPart("要办哪个？", (("1", "居住证"), ("2", "护照")), "点一下就行"),
            CardPart("预约", "明天九点", "http://a/", "http://a/p.png"),
            ImagePart("media-9"),
        ):
            await client.send(LI, part)
        assert wechat.sent(LI) == [
            {"touser": LI, "msgtype": "text", "text": {"content": "您好😀\n第二行"}},
            {
                "touser": LI,
                "msgtype": "msgmenu",
                "msgmenu": {
                    "head_content": "要办哪个？",
                    "list": [{"id": "1", "content": "居住证"}, {"id": "2", "content": "护照"}],
                    "tail_content": "点一下就行",
                },
            },
            {
                "touser": LI,
                "msgtype": "news",
                "news": {
                    "articles": [
                        {"title": "预约", "description": "明天九点", "url": "http://a/", "picurl": "http://a/p.png"}
                    ]
                },
            },
            {"touser": LI, "msgtype": "image", "image": {"media_id": "media-9"}},
        ]

    async def test_chinese_travels_as_it_is_and_never_escaped(self) -> None:
        seen: list[bytes] = []

        def take(request: httpx.Request) -> httpx.Response:
            seen.append(request.content)
            return httpx.Response(200, json={"errcode": 0})

        asking = asking_module.Asking("http://wechat.test", http_for_wechat(httpx.MockTransport(take)))
        await asking.post("/x", {}, {"text": "您好😀"})
        assert seen == ['{"text":"您好😀"}'.encode()]

    async def test_the_rest_of_the_interface(self, wechat: StandIn, client: WeChatClient) -> None:
        await client.typing(LI)
        await client.typing(LI, on=False)
        assert await client.upload_image(b"\x89PNG") == wechat.answers.last_media
        assert [(call.body["media"], call.query["type"]) for call in wechat.of(UPLOAD)] == [(b"\x89PNG", "image")]
        await client.put_menu(Menu(buttons=(MenuButton(name="预约", type="click", key="book"),)))
        await client.send_subscription(LI, "t1", {"thing1": "居住证"}, "http://a/")
        await client.send_template(LI, "t2", {"first": "您好"}, "http://a/")
        brief, lasting = await client.qr_ticket("link-1", 600), await client.qr_ticket("office-1", None)
        assert [call.body["command"] for call in wechat.of(TYPING)] == ["Typing", "CancelTyping"]
        assert wechat.of(MENU)[0].body == {"button": [{"type": "click", "name": "预约", "key": "book"}]}
        assert wechat.of(SUBSCRIBE)[0].body["data"] == {"thing1": {"value": "居住证"}}
        assert wechat.of(TEMPLATE)[0].body["template_id"] == "t2"
        assert [call.body["action_name"] for call in wechat.of(QR_CODE)] == ["QR_STR_SCENE", "QR_LIMIT_STR_SCENE"]
        assert "expire_seconds" not in wechat.of(QR_CODE)[1].body
        assert brief.url.startswith("http://weixin.qq.com/q/") and (brief.seconds, lasting.seconds) == (600, None)

    async def test_who_comes_back_from_oauth_once(self, wechat: StandIn, client: WeChatClient) -> None:
        wechat.answers.person("code-1", LI)
        wechat.answers.person("code-2", "made-up", is_snapshot=True)
        assert (await client.person_of("code-1")).openid == LI
        assert (await client.person_of("code-2")).is_snapshot
        with pytest.raises(Refused) as caught:
            await client.person_of("code-1")
        assert caught.value.decision is Decision.GIVE_UP
        assert wechat.of(STABLE_TOKEN) == [], "it needs no token"


class TestTheToken:
    async def test_many_that_want_one_at_once_make_one_call(self, wechat: StandIn, client: WeChatClient) -> None:
        wechat.order(STABLE_TOKEN, Fault("slow", seconds=0.1))
        await asyncio.gather(*(client.send(LI, TextPart(str(number))) for number in range(20)))
        assert len(wechat.of(STABLE_TOKEN)) == 1 and len(wechat.sent(LI)) == 20

    async def test_one_that_wechat_refuses_is_replaced_once(self, wechat: StandIn, client: WeChatClient) -> None:
        await client.send(LI, TextPart("一"))
        wechat.answers.expire_token()
        await client.send(LI, TextPart("二"))
        assert wechat.texts(LI) == ["一", "二"]

    async def test_one_that_is_refused_though_it_is_the_stable_one_is_asked_for_by_force(
        self, wechat: StandIn, client: WeChatClient
    ) -> None:
        wechat.order(SEND, 42001)
        await client.send(LI, TextPart("一"))
        assert [call.body["force_refresh"] for call in wechat.of(STABLE_TOKEN)] == [False, False, True]

    @pytest.mark.parametrize("code", [40001, 42001, 40014])
    async def test_a_lasting_refusal_ends_after_one_try_more(
        self, wechat: StandIn, client: WeChatClient, code: int
    ) -> None:
        wechat.order(SEND, code, times=None)
        assert (await refused(client)).decision is Decision.OPERATOR
        assert [call.path for call in wechat.calls if call.path == SEND] == [SEND, SEND]
        assert client.trouble == code

    async def test_a_wrong_secret_is_the_operators_and_wechat_is_left_alone_for_a_while(self, wechat: StandIn) -> None:
        client = client_of(wechat, secret="wrong")
        for _ in range(5):
            assert (await refused(client)).code == 40125
        assert len(wechat.calls) == 1 and client.trouble == 40125
        await client.aclose()

    async def test_an_address_that_is_not_allowed_is_named_until_it_is(
        self, wechat: StandIn, client: WeChatClient
    ) -> None:
        wechat.order(SEND, 40164)
        assert (await refused(client)).decision is Decision.OPERATOR
        assert client.trouble == 40164
        await client.send(LI, TextPart("一"))
        assert client.trouble is None


class TestWhatGoesWrong:
    @pytest.mark.parametrize("code", [-1, 45009, 45015, 45047, 48001, 40200, 43101, 43004, 45002, 99999])
    async def test_a_code_is_a_decision_and_nothing_is_tried_again(
        self, wechat: StandIn, client: WeChatClient, code: int
    ) -> None:
        wechat.order(SEND, code)
        assert (await refused(client)).code == code
        assert len([call for call in wechat.calls if call.path == SEND]) == 1

    @pytest.mark.parametrize("kind", ["disconnect", "bad_json", "http_502"])
    async def test_without_an_answer_it_may_be_done(self, wechat: StandIn, client: WeChatClient, kind: str) -> None:
        wechat.order(SEND, Fault(kind))  # type: ignore[arg-type]
        assert (await refused(client)).decision is Decision.UNCERTAIN

    async def test_what_hangs_is_given_up(
        self, wechat: StandIn, client: WeChatClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asking_module, "CALL_SECONDS", 0.2)
        wechat.order(SEND, Fault("hang"))
        assert (await refused(client)).decision is Decision.UNCERTAIN

    async def test_nobody_there_is_nothing_done_and_after_three_nobody_is_asked(self) -> None:
        client = client_of(StandIn(url="http://127.0.0.1:9"))
        assert [(await refused(client)).decision for _ in range(5)] == [Decision.RETRY_LATER] * 5
        await client.aclose()

    async def test_neither_a_log_nor_a_refusal_tells_a_secret(
        self, wechat: StandIn, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO, "channels")
        client = client_of(wechat, secret="wrong-secret")
        told = [str(await refused(client)), repr(await refused(client)), repr(client._account)]
        wechat.order(OAUTH, Fault("disconnect"))
        with pytest.raises(Refused) as caught:
            await client.person_of("secret-code")
        told += [str(caught.value), str(caught.value.__cause__), caplog.text]
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        assert not [each for each in told if "wrong-secret" in each or "secret-code" in each or "access-token" in each]
        await client.aclose()
