"""Readable stand-ins: a clock that stands still, a made-up town with five small guides, vectors without a model.

Nothing here touches the disk for content, so the tests of the domain stay fast and say all they depend on.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
from argon2 import PasswordHasher

from knowledge_base.content_files import Content
from knowledge_base.documents import GuideDocument
from knowledge_base.language.intents import IntentReader
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library, Published, build_library
from knowledge_base.model import (
    CatalogueItem,
    Location,
    Office,
    OfficeId,
    OpeningHours,
    Region,
    RegionCode,
    RegionLevel,
)
from knowledge_base.regions import RegionTree
from knowledge_base.search.calibration import load_calibration
from knowledge_base.search.embed import Vectors
from knowledge_base.sources import LegalText
from service_hall.hall import Hall, make_hall
from service_hall.shared.clock import SHANGHAI

TODAY = date(2026, 6, 1)
NATION, PROVINCE, TOWN = RegionCode("000000"), RegionCode("880000"), RegionCode("880100")
EAST, WEST, WILLOW = RegionCode("880101"), RegionCode("880102"), RegionCode("880101001")
TOWN_HALL, EAST_HALL, WEST_HALL = OfficeId("town-hall"), OfficeId("east-hall"), OfficeId("west-hall")


class FixedClock:
    """Stands still until it is told to move."""

    def __init__(self, at: datetime = datetime(2026, 6, 1, 9, 30, tzinfo=SHANGHAI)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""The real one costs 64 MB and a sixth of a second a password, on purpose."""
DIMENSIONS = 4096


def fake_embed(texts: Sequence[str]) -> Vectors:
    """Unit vectors of hashed characters and character pairs: shared wording is nearness, nothing else is."""
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, text in enumerate(texts):
        bare = plain(text)
        for piece in [*bare, *(bare[at : at + 2] for at in range(len(bare) - 1))]:
            vectors[row, zlib.crc32(piece.encode()) % DIMENSIONS] += len(piece)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


# The weights move whenever the features do, so they are the fitted ones; the floors belong to the made-up town.
CALIBRATION = replace(load_calibration(), answer_floor=0.55, alone_floor=0.55, margin=0.5, choice_floor=0.25)

SPOKEN: Mapping[str, Sequence[str]] = {
    "ask_overview": ("借书证的事", "犬只登记介绍一下", "这是什么", "养狗证", "夜市摆摊"),
    "ask_eligibility": ("什么条件能办", "谁可以申请", "我符合条件吗", "有什么要求", "哪些人能办"),
    "ask_materials": ("要带什么材料", "需要哪些证件", "带什么", "准备啥材料", "材料清单"),
    "ask_procedure": ("怎么办", "流程是什么", "怎么申请", "咋办", "丢了怎么补办", "步骤"),
    "ask_location": ("去哪办", "在哪里办理", "地址在哪", "去哪个窗口", "哪儿能办"),
    "ask_office_hours": ("几点上班", "周末开门吗", "几点下班", "中午休息吗", "上班时间"),
    "ask_time_limit": ("要多久", "几天能办好", "多长时间", "什么时候能拿到", "多少天"),
    "ask_fee": ("多少钱", "收费吗", "要交钱吗", "工本费多少", "费用", "那多少钱", "花多少钱"),
    "ask_channels": ("能网上办吗", "手机上可以办吗", "网上怎么弄", "有小程序吗", "可以邮寄吗"),
    "ask_legal_basis": ("依据是什么", "哪条法律规定的", "政策文件是哪个", "凭什么", "法律依据"),
    "ask_contact": ("电话多少", "咨询电话", "打哪个电话", "联系方式", "热线号码"),
    "ask_proxy": ("能代办吗", "别人替我办行吗", "可以委托吗", "让我妈去行吗", "必须本人吗"),
    "ask_validity": ("有效期多久", "管几年", "什么时候过期", "能用多少年", "有效多长时间"),
    "greet": ("你好", "您好", "在吗", "早上好", "哈喽"),
    "thanks": ("谢谢", "多谢", "谢谢你", "感谢", "麻烦了谢谢"),
    "goodbye": ("再见", "拜拜", "回头见", "下次再说", "走了"),
    "affirm": ("是的", "对", "好的", "没错", "嗯对"),
    "deny": ("不是", "都不是", "不对", "没有", "不要"),
    "choose_option": ("第一个", "第二个", "选2", "最后一个", "就第一个吧"),
    "correct": ("不是补办，是首次", "搞错了，我要的是登记", "我说的是夜市", "不对，我问的是时间", "说错了，是狗证"),
    "change_item": ("那夜市摊位呢", "换成犬只登记", "那借书证呢", "再问一下砍树", "那另一个呢"),
    "state_region": ("我在东河区", "西山区的", "我住柳树街道", "东河", "我是溪城市的"),
    "repeat": ("再说一遍", "没听清", "重复一下", "再讲一次", "刚才说什么"),
    "ask_human": ("转人工", "找真人", "人工服务", "我要跟人说话", "叫工作人员来"),
    "book": ("我要预约", "帮我约个号", "预约明天", "约一下", "想预约"),
    "cancel": ("取消", "取消预约", "不办了", "不约了", "算了取消"),
    "reschedule": ("改个时间", "改约", "换个日子", "改到明天", "时间改一下"),
    "progress": ("办到哪一步了", "查进度", "我的件好了没", "进度查询", "受理了吗"),
    "complaint": ("我要投诉", "态度太差", "投诉窗口", "办事太慢我要投诉", "举报"),
    "praise": ("你真棒", "回答得好", "好用", "真聪明", "厉害"),
    "bot_identity": ("你是谁", "你是机器人吗", "你叫什么", "你是真人吗", "你是什么东西"),
    "bot_capability": ("你会什么", "你能做什么", "你有什么功能", "能帮我什么", "你都会啥"),
    "chitchat": ("今天心情不好", "讲个笑话", "吃饭了吗", "无聊", "陪我聊天"),
    "abuse": ("你个笨蛋", "垃圾", "滚", "蠢货", "废物机器人"),
    "out_of_scope": ("明天下雨吗", "推荐个饭馆", "股票涨了吗", "帮我写作业", "世界杯谁赢了"),
}
"""Intent → what citizens of the made-up town say."""


Body = dict[str, Any]


def statement(statement_id: str, kind: str, says: str, source: Any = "rule#3", **fields: Any) -> Body:
    because = {"because": "没有找到原文"} if source == "unverified" else {}
    return {"id": statement_id, "kind": kind, "says": says, "source": source, **because, **fields}


def guide_body(
    guide_id: str, name: str, short_name: str, aliases: Sequence[str], questions: Sequence[str], **stated: Any
) -> Body:
    """A whole national guide; `stated` says what this test cares about, the rest is filled in plainly."""
    return {
        "id": guide_id,
        "region": NATION,
        "name": name,
        "short_name": short_name,
        "theme": "示范",
        "aliases": list(aliases),
        "item_type": "20",
        "effective_from": "2020-01-01",
        "authority": {"implementing_body": "县级主管部门"},
        "audience": ["1"],
        "legal_basis": ["rule#3"],
        "case_type": "2",
        "result": {"name": name},
        "statements": [
            statement("summary", "summary", f"{short_name}由本人到窗口办理。", asked=list(questions)),
            statement("resident", "condition", "本地居民可以办。"),
            statement("id-card", "material", "要带居民身份证。", name="居民身份证"),
            statement("form", "material", "要带申请表。", name="申请表", form="表格", copies=2),
            statement("apply", "step", "到窗口提交材料。", title="申请"),
            statement("take", "step", "当场领取。", title="领取"),
            statement("limit", "limit", "20个工作日内办好。", basis="legal", value=20, unit="工作日"),
            statement("fee", "fee", f"{short_name}不收费。", name="工本费", amount=0),
            statement("counter", "channel", "到办事窗口办。", through="counter", name="办事窗口"),
            statement("visits", "visits", "要去1次。", count=1),
            statement("reach", "reach", "全市通办。", scope="市内"),
            statement("place", "place", "居住地的办事窗口。"),
            statement("contact", "contact", "咨询打12345。", phone="12345"),
            statement("proxy", "proxy", "可以委托他人办理。", allowed="can"),
            statement("validity", "validity", "长期有效。"),
        ],
        **stated,
    }


def telling(body: Mapping[str, Any], *changed: Body, without: Sequence[str] = (), **stated: Any) -> Body:
    """The same guide with these statements, each in the place of the one of its id or after all others."""
    new = {each["id"]: each for each in changed}
    kept = [new.pop(each["id"], each) for each in body["statements"] if each["id"] not in without]
    return {**body, "statements": [*kept, *new.values()], **stated}


CARD_FIRST = telling(
    guide_body(
        "library-card-first",
        "借书证首次办理",
        "首次办借书证",
        ["第一次办借书证", "新办借书证"],
        ["头一回办借书证要什么", "没有借书证怎么新办一张"],
        related=["library-card-lost"],
    ),
    statement("fee", "fee", "工本费每证10元。", "fee-rule#1", name="工本费", amount=10, unit="元/证"),
)
CARD_LOST = telling(
    guide_body(
        "library-card-lost",
        "借书证丢失补办",
        "补办借书证",
        ["借书证丢了", "补借书证"],
        ["借书证丢了怎么补办", "借书证找不到了去哪补"],
        related=["library-card-first"],
    ),
    statement("fee", "fee", "补证工本费每证15元。", "fee-rule#1", name="补证工本费", amount=15, unit="元/证"),
    statement(
        "old-card", "note", "旧证找到后要交回。", aspects=["procedure", "overview"], emphasis="must_mention",
        asked=["补了以后旧借书证又找到了咋办"],
    ),
    statement(
        "no-lending", "note", "补办期间不能借书。", "fee-rule#1", emphasis="must_mention",
        aspects=["materials", "location", "fee", "proxy", "validity"],
    ),
    statement(
        "book-too", "faq", "不用，书没丢就不用赔。", aspects=["fee"], asked=["借书证丢了要赔书吗？"],
    ),
)  # fmt: skip
DOG = telling(
    guide_body(
        "dog-register",
        "犬只登记",
        "给狗上证",
        ["养狗证", "狗证", "遛狗证"],
        ["养狗要不要上证", "家里新买的狗去哪里登记"],
    ),
    statement("fee", "fee", "登记费50元。", name="登记费", amount=50, unit="元"),
    statement("chip-fee", "fee", "芯片费30元。", name="芯片费", amount=30, unit="元"),
)
DOG_IN_TOWN: Body = {
    "id": "dog-register",
    "region": TOWN,
    "effective_from": "2024-01-01",
    "aliases": ["溪城狗牌"],
    "add": [
        statement(
            "town-promise", "limit", "溪城承诺5个工作日办好。", "sample", basis="promised", value=5, unit="工作日"
        ),
        statement("town-app", "channel", "用溪城办事小程序办。", "sample", through="mobile", name="溪城办事小程序"),
    ],
}
DOG_IN_EAST: Body = {
    "id": "dog-register",
    "region": EAST,
    "effective_from": "2024-01-01",
    "replace": [
        statement("form", "material", "要带申请表。", "sample", name="申请表", form="表格", copies=3),
        statement("place", "place", "东河区犬只登记点。", "sample"),
    ],
    "add": [statement("vaccine", "material", "要带狂犬疫苗接种证明。", "sample", name="狂犬疫苗接种证明")],
}
DOG_IN_WEST: Body = {
    "id": "dog-register",
    "region": WEST,
    "effective_from": "2024-01-01",
    "remove": ["chip-fee"],
}
STALL = telling(
    guide_body(
        "night-stall",
        "夜市摊位备案",
        "备案夜市摊位",
        ["夜市摆摊", "摆地摊"],
        ["夜市摆个摊要办啥手续", "小吃车去哪备案"],
    ),
    statement("proxy", "proxy", "要本人到场。", "unverified", allowed="cannot"),
)
FELLING = guide_body(
    "tree-felling", "林木采伐许可", "办采伐证", ["砍树许可", "采伐证"], ["院子里的大树能砍吗", "砍自家的树要不要批"],
)  # fmt: skip


def legal_text(source_id: str, title: str, articles: Mapping[str, str], **stated: Any) -> LegalText:
    """As the statute collections have it."""
    return LegalText.model_validate(
        {
            "id": source_id,
            "title": title,
            "kind": "rule",
            "checked_on": "2026-01-01",
            "articles": {number: {"text": text} for number, text in articles.items()},
            **stated,
        }
    )


def sources() -> dict[str, LegalText]:
    return {
        "rule": legal_text(
            "rule",
            "溪城办事办法",
            {"3": "受理之日起二十个工作日内办结。登记费五十元，芯片费三十元。申请人到场一次。"},
        ),
        "fee-rule": legal_text("fee-rule", "借书证收费标准", {"1": "工本费每证10元，补证每证15元。"}),
    }


def document(body: Mapping[str, Any]) -> GuideDocument:
    return GuideDocument(str(body["id"]), RegionCode(str(body["region"])), body)


def regions() -> RegionTree:
    return RegionTree(
        [
            Region(code=NATION, name="全国", level=RegionLevel.NATION, aliases=("国家",)),
            Region(code=PROVINCE, name="梅省", level=RegionLevel.PROVINCE, parent=NATION),
            Region(
                code=TOWN,
                name="溪城市",
                level=RegionLevel.CITY,
                parent=PROVINCE,
                aliases=("溪城", "全市"),
                hotline="0888-12345",
                sample=True,
            ),
            Region(code=EAST, name="东河区", level=RegionLevel.DISTRICT, parent=TOWN, aliases=("东河",), sample=True),
            Region(code=WEST, name="西山区", level=RegionLevel.DISTRICT, parent=TOWN, aliases=("西山",), sample=True),
            Region(code=WILLOW, name="柳树街道", level=RegionLevel.STREET, parent=EAST, aliases=("柳树",), sample=True),
        ]
    )


def office(office_id: str, name: str, region: RegionCode, guides: Sequence[str], **stated: Any) -> Office:
    return Office.model_validate(
        {
            "id": office_id,
            "name": name,
            "region": region,
            "address": f"{name}一楼",
            "phone": "0888-1000",
            "location": Location(lat=30.0, lon=110.0),
            "opening_hours": (
                OpeningHours(days=(1, 2, 3, 4, 5), opens="09:00", closes="12:00"),
                OpeningHours(days=(1, 2, 3, 4, 5), opens="13:30", closes="17:00"),
            ),
            "guides": tuple(guides),
            **stated,
        }
    )


def catalogue() -> tuple[CatalogueItem, ...]:
    return tuple(item.model_copy(update={"place": at}) for at, item in enumerate(_catalogue(), 1))


def _catalogue() -> tuple[CatalogueItem, ...]:
    def item(body: Mapping[str, Any], *also_called: str) -> CatalogueItem:
        return CatalogueItem(id=body["id"], name=body["name"], theme="示范", audience="个人", also_called=also_called)

    return (
        item(CARD_FIRST, "办借书证"),
        item(CARD_LOST, "借书证挂失"),
        item(DOG, "养狗登记"),
        item(STALL, "夜市摊位"),
        item(FELLING, "砍树"),
        CatalogueItem(
            id="boat-register", name="小渔船登记", theme="示范", audience="个人", also_called=("渔船上户", "渔船证")
        ),
    )


def published(**replaced: Any) -> Published:
    """Five guides, one known item without a guide, two district halls and the town's."""
    bodies = (CARD_FIRST, CARD_LOST, DOG, DOG_IN_TOWN, DOG_IN_EAST, DOG_IN_WEST, STALL, FELLING)
    documents: dict[str, list[GuideDocument]] = {}
    for body in bodies:
        documents.setdefault(body["id"], []).append(document(body))
    return Published(
        **{
            "regions": regions(),
            "catalogue": catalogue(),
            "offices": (
                office(
                    TOWN_HALL, "溪城市政务服务中心", TOWN, ["library-card-first", "library-card-lost", "tree-felling"]
                ),
                office(EAST_HALL, "东河区政务服务中心", EAST, ["dog-register", "night-stall"]),
                office(WEST_HALL, "西山区政务服务中心", WEST, ["dog-register"]),
            ),
            "documents": documents,
            "sources": sources(),
            **replaced,
        }
    )


def content_of(knowledge: Published) -> Content:
    """As if it had been read from faultless files."""
    documents = {guide_id: tuple(files) for guide_id, files in knowledge.documents.items()}
    catalogue, offices = tuple(knowledge.catalogue), tuple(knowledge.offices)
    return Content(knowledge.regions, catalogue, offices, documents, knowledge.sources, ())


@lru_cache(maxsize=1)
def town_intents() -> IntentReader:
    from knowledge_base.language.learning import learn  # scikit-learn is large, and most tests need none

    return IntentReader(learn((text, intent) for intent, texts in SPOKEN.items() for text in texts))


def build_town(knowledge: Published | None = None, *, home: RegionCode = TOWN, on: date = TODAY) -> Library:
    return build_library(
        knowledge or published(), home=home, on=on, embed=fake_embed, intents=town_intents(), calibration=CALIBRATION
    )


@lru_cache(maxsize=1)
def town() -> Library:
    """The library of the made-up town; it never changes, so all tests may share it."""
    return build_town()


def town_hall(clock: FixedClock | None = None) -> Hall:
    from tests.visit_town import VisitTown  # which builds on what stands above

    place = VisitTown(clock=clock or FixedClock(), library=town())
    return make_hall(place.means)
