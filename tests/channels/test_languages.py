"""Traditional characters and English: every sentence of the pages has its words, and a reply stays true to itself."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
import yaml

from channels.bundles import link_script
from channels.languages import Language, english_table, in_language, traditional
from channels.page_bundles import FOLDERS, SCRIPTS, SPOKEN
from channels.web.lanes import lanes
from knowledge_base.model import Aspect
from server.settings import ROOT
from service_hall.conversation.reply import AnswerReply, Choice
from service_hall.conversation.wording import aspect_label
from tests.channels.web.conftest import Citizen
from tests.channels.web.conftest import citizen as citizen
from tests.channels.web.conftest import http as http
from tests.channels.web.conftest import town_house as town_house

CHANNELS = ROOT / "channels"
SAID = re.compile(r"say\('([^']+)'")
NAME = re.compile(r"^  (\w+):", re.MULTILINE)
HAN = re.compile(r"[\u4e00-\u9fff]")
# Answered by the service, which hears Chinese: it is sent, and shown as what was said.
SENT = {"bookByWords"}
TABLES = ["web/static/chat", "kiosk/static/kiosk", "kiosk/static/board", "hall_static"]


def spoken_templates() -> list[Path]:
    """Of citizens; which office a screen stands in is told by staff."""
    folders = [CHANNELS / door / "templates" for door in ("web", "widget", "kiosk")]
    return [path for folder in folders for path in folder.glob("*.html") if path.name != "offices.html"]


def sentences_of_templates() -> set[str]:
    return {each for path in spoken_templates() for each in SAID.findall(path.read_text("utf-8"))}


class TestTheTables:
    def test_every_sentence_of_the_templates_is_there_in_english(self) -> None:
        assert sentences_of_templates() - english_table().keys() == set()

    def test_none_is_left_that_nothing_says(self) -> None:
        by_name = {aspect_label(each) for each in Aspect} | {lane["name"] for lane in lanes()}
        by_name |= {"个人", "企业", "个人/企业", "示例数据", "没有这个页面", "这个地址打不开", "这次没有办成"}
        assert english_table().keys() - sentences_of_templates() - by_name == set()
        assert by_name - english_table().keys() == set()

    @pytest.mark.parametrize("folder", TABLES)
    def test_the_scripts_have_the_same_sentences_in_both(self, folder: str) -> None:
        chinese, english = ((CHANNELS / folder / name).read_text("utf-8") for name in ("words.js", "words.en.js"))
        assert NAME.findall(chinese) == NAME.findall(english)
        for name, line in re.findall(r"^  (\w+):(.*)", english, re.MULTILINE):
            assert name in SENT or not HAN.search(line), name

    def test_refusals_are_told_in_english_by_their_code(self) -> None:
        english = (CHANNELS / "hall_static" / "refused" / "words.en.js").read_text("utf-8")
        told = set(NAME.findall(english))
        assert {"message_too_long", "too_many_requests", "busy", "earlier_still_open", "unavailable"} <= told
        assert not HAN.search(english)
        # Each is one that a door says.
        sources = "".join(path.read_text("utf-8") for path in CHANNELS.rglob("*.py"))
        assert {name for name in told if name not in sources} == set()

    def test_templates_and_scripts_say_nothing_that_is_in_no_table(self) -> None:
        for path in spoken_templates():
            left = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|data-ask=\"[^\"]*\"", "", path.read_text("utf-8"), flags=re.DOTALL)
            assert not HAN.search(left), (path.name, HAN.search(left))


@pytest.mark.parametrize(
    ("simplified", "written"),
    [
        ("签证、签字、网签、面签、签合同、续签", "簽證、簽字、網簽、面簽、簽合同、續簽"),
        ("标签、抽签", "標籤、抽籤"),
        ("准迁证、准驾车型、批准、不准、准考证", "准遷證、准駕車型、批准、不准、准考證"),
        ("标准、准确、准备、为准", "標準、準確、準備、為準"),
        ("换发护照、发卡地、足额发放", "換發護照、發卡地、足額發放"),
        ("办理发票领用、假发票、理发店", "辦理發票領用、假發票、理髮店"),
        ("登记并发放、提交并公示", "登記並發放、提交並公示"),
        ("合并计算、一并办理、并发症", "合併計算、一併辦理、併發症"),
        ("台账、复印件、身份证、户口簿、发票", "臺賬、複印件、身份證、戶口簿、發票"),
        ("里程、公里、这里、干部、干净", "里程、公里、這裡、幹部、乾淨"),
        ("后天、以后、皇后", "後天、以後、皇后"),
        ("只有、还是只要、一只犬", "只有、還是只要、一隻犬"),
        ("表格、电表、基金表决", "表格、電錶、基金表決"),
        ("回答、指南回答、回避", "回答、指南回答、迴避"),
        ("了解、了结、尽快、占用、委托", "瞭解、了結、儘快、佔用、委託"),
        ("征收、征兵、制定、制作、强制", "徵收、徵兵、制定、製作、強制"),
        ("存折、折合、冲还贷、冲突", "存摺、折合、沖還貸、衝突"),
        ("周岁、周边、面积、面粉", "週歲、周邊、面積、麵粉"),
    ],
)
def test_the_words_of_an_office_are_written_as_they_are_in_use(simplified: str, written: str) -> None:
    assert traditional(simplified) == written


def test_every_word_is_as_long_as_it_was_and_none_is_named_in_vain() -> None:
    words: dict[str, str] = yaml.safe_load((CHANNELS / "office_words.yml").read_text("utf-8"))
    assert [each for each in words if len(each) != len(words[each])] == []
    assert "髮" not in traditional("发") and len(words) < 80


class TestTheScripts:
    def test_only_one_language_is_sent(self) -> None:
        bodies = [link_script(SCRIPTS["chat"], FOLDERS, spoken).body.decode() for spoken in SPOKEN.values()]
        letters, english = bodies
        assert "清空對話" in letters and "清空对话" not in letters and "Clear the conversation" not in letters
        assert "Clear the conversation" in english and "清空对话" not in english
        # What the page reads of the service's text, and what it masks, stays as it is in every language.
        assert "身份证" in letters and "身份证" in english

    async def test_a_page_names_those_of_its_language(self, closed_door: httpx.AsyncClient) -> None:
        for lang in ("zh-Hant", "en"):
            page = (await closed_door.get(f"/chat?lang={lang}")).text
            [script] = re.findall(rf'src="(/bundles/chat-{lang}\.[^"]+)"', page)
            answer = await closed_door.get(script)
            assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
        for path in ("/bundles/chat-xx.0.js", "/bundles/counter-en.0.js", "/bundles/chat-en.0.css"):
            assert (await closed_door.get(path)).status_code == 404


class TestReplies:
    def test_lengths_stay_true_and_payloads_as_they_are(self) -> None:
        reply = AnswerReply(
            text="给狗发证。\n· 里面的细节。\n依据：办法。",
            lead=5,
            details_end=len("给狗发证。\n· 里面的细节。"),
            answer_id="a",
            guide_id="g",
            guide_name="犬只登记",
            aspect=Aspect.FEE,
            region="990100",
            sources=(),
            suggestions=(Choice(label="要带什么", payload='/ask_materials{"guide_id":"g"}'),),
        )
        told = in_language(reply, Language.TRADITIONAL)
        assert told.text[: told.lead] == traditional("给狗发证。")
        assert told.text[told.details_end :] == traditional("\n依据：办法。")
        assert told.suggestions[0].label == "要帶什麼"
        assert told.suggestions[0].payload == reply.suggestions[0].payload
        for language in (Language.SIMPLIFIED, Language.ENGLISH):
            assert in_language(reply, language) is reply

    async def test_the_chat_answers_in_the_letters_that_were_asked_for(self, citizen: Citizen) -> None:
        told = await citizen.say("借书证丢了怎么补办", lang="zh-Hant")
        assert told["lang"] == "zh-Hant" and "證" in told["replies"][0]["guide_name"]
        english = await citizen.say("借书证丢了怎么补办", lang="en")
        assert english["lang"] == "zh-Hans" and "证" in english["replies"][0]["guide_name"]
        assert "lang" not in await citizen.say("借书证丢了怎么补办")
        assert (await citizen.post(text="你好", lang="fr")).status_code == 422

    async def test_the_kept_conversation_is_read_in_them_too(self, citizen: Citizen) -> None:
        await citizen.say("借书证丢了怎么补办")
        for lang, letter in (("zh-Hant", "證"), ("zh-Hans", "证")):
            kept = await citizen.http.get(f"/api/chat/messages?lang={lang}", headers=citizen.headers)
            assert letter in kept.json()["messages"][-1]["reply"]["guide_name"]
            assert kept.json()["messages"][0]["text"] == "借书证丢了怎么补办"

    @pytest.mark.parametrize("typed", ["借书", "借書"])
    async def test_suggestions_come_in_them_whatever_was_typed(self, citizen: Citizen, typed: str) -> None:
        found = await citizen.http.get("/api/knowledge/suggest", params={"prefix": typed, "lang": "zh-Hant"})
        assert found.json()["suggestions"] and all("書" in each for each in found.json()["suggestions"])
