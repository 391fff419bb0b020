"""What the console has on offer, in the order of its menu. A page of yours? Add its line here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service_hall.staff.member import Member, may
from service_hall.staff.roles import Action


@dataclass(frozen=True)
class Entrance:
    path: str
    name: str
    action: Action
    about: str
    """For the first page, one line."""


@dataclass(frozen=True)
class Corridor:
    name: str
    entrances: tuple[Entrance, ...]


CORRIDORS = (
    Corridor(
        "知识",
        (
            Entrance(
                "/console/knowledge/asked",
                "群众问了什么",
                Action.SEE_CONVERSATIONS,
                "没答上、拿不准、说没用的，问得多的在前",
            ),
            Entrance("/console/knowledge/guides", "办事指南", Action.SEE_KNOWLEDGE, "找指南、看陈述和来源、起草稿"),
            Entrance("/console/knowledge/questions", "问法", Action.SEE_KNOWLEDGE, "群众怎么问，由哪条陈述回答"),
            Entrance("/console/knowledge/drafts", "草稿", Action.SEE_KNOWLEDGE, "在写的、在审的、等发布的"),
            Entrance("/console/knowledge/reviews", "审核", Action.REVIEW_KNOWLEDGE, "看差别和发布检查，通过或退回"),
            Entrance("/console/knowledge/testing", "命中测试", Action.TRY_SEARCH, "一句话、一张单子、题集，和上次比"),
            Entrance("/console/scenarios", "一件事", Action.SEE_KNOWLEDGE, "看图、改问题和步骤，任选一天试办"),
            Entrance("/console/rates", "费率", Action.SEE_KNOWLEDGE, "清单按它算的数，从哪天到哪天，依据什么"),
            Entrance(
                "/console/knowledge/exchange", "导入导出", Action.EXPORT_KNOWLEDGE, "Excel、CSV、YAML；导入先检查"
            ),
        ),
    ),
    Corridor(
        "情况",
        (
            Entrance(
                "/console/conversations", "对话", Action.SEE_CONVERSATIONS, "群众说了什么、怎样答的、为什么，查找和导出"
            ),
            Entrance("/console/figures", "统计", Action.SEE_FIGURES, "答复、满意、预约、等候，按天看"),
            Entrance("/console/orders", "通知和开关", Action.SET_NOTICE, "紧急通知，只用检索"),
        ),
    ),
    Corridor(
        "大厅",
        (
            Entrance("/counter", "窗口工作台", Action.SERVE_AT_COUNTER, "叫号、代约、停办和加开"),
            Entrance("/console/offices", "网点", Action.EDIT_OFFICES, "地址、办公时间、业务线、窗口和事项"),
            Entrance("/console/facts", "大厅常识", Action.EDIT_OFFICES, "停车、开门、遇到的事，怎样回答"),
        ),
    ),
    Corridor(
        "管理",
        (
            Entrance("/console/staff", "账号", Action.MANAGE_STAFF, "加人、角色和范围、重设密码、停用"),
            Entrance("/console/audit", "操作记录", Action.SEE_AUDIT, "谁在什么时候做了什么，导出"),
            Entrance("/console/account", "我的账号", Action.OWN_ACCOUNT, "改密码，开两步验证"),
        ),
    ),
)


def open_to(member: Member) -> Iterator[Corridor]:
    """What she may use; corridors with nothing are left out."""
    for corridor in CORRIDORS:
        entrances = tuple(each for each in corridor.entrances if may(member, each.action))
        if entrances:
            yield Corridor(corridor.name, entrances)
