"""What members of staff are, and what each of them may do: one table, asked by every route of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    CURATOR = "curator"
    REVIEWER = "reviewer"
    CLERK = "clerk"
    AGENT = "agent"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, str] = {
    Role.CURATOR: "编辑",
    Role.REVIEWER: "审核员",
    Role.CLERK: "窗口人员",
    Role.AGENT: "坐席",
    Role.ANALYST: "分析员",
    Role.ADMINISTRATOR: "管理员",
}
ROLE_WORK: Mapping[Role, str] = {
    Role.CURATOR: "写指南、问题、网点和事项清单，送审",
    Role.REVIEWER: "审核并发布别人写的内容，发紧急通知",
    Role.CLERK: "叫号、代约、停办和加开",
    Role.AGENT: "在线接待转人工的群众",
    Role.ANALYST: "看统计和对话，导出",
    Role.ADMINISTRATOR: "管理账号、开关和操作记录，也能做其他角色的事",
}


class Action(StrEnum):
    OWN_ACCOUNT = "own_account"
    """Her own password and second step."""
    SEE_KNOWLEDGE = "see_knowledge"
    EDIT_KNOWLEDGE = "edit_knowledge"
    """Guides, statements, questions: drafts of them."""
    REVIEW_KNOWLEDGE = "review_knowledge"
    PUBLISH_KNOWLEDGE = "publish_knowledge"
    IMPORT_KNOWLEDGE = "import_knowledge"
    EXPORT_KNOWLEDGE = "export_knowledge"
    EDIT_OFFICES = "edit_offices"
    EDIT_SCENARIOS = "edit_scenarios"
    TRY_SEARCH = "try_search"
    """Asks why a sentence is answered as it is; runs the sets."""
    SEE_CONVERSATIONS = "see_conversations"
    EXPORT_CONVERSATIONS = "export_conversations"
    ASSIGN_WORK = "assign_work"
    """Gives a department what citizens asked in vain."""
    SERVE_AT_COUNTER = "serve_at_counter"
    PLAN_COUNTERS = "plan_counters"
    """Closures and extra hours."""
    HELP_LIVE = "help_live"
    SEE_FIGURES = "see_figures"
    SET_NOTICE = "set_notice"
    SWITCH_SEARCH_ONLY = "switch_search_only"
    MANAGE_STAFF = "manage_staff"
    SEE_AUDIT = "see_audit"


_C, _R, _W, _L, _A = Role.CURATOR, Role.REVIEWER, Role.CLERK, Role.AGENT, Role.ANALYST
_BESIDE_ADMINISTRATORS: Mapping[Action, tuple[Role, ...]] = {
    Action.OWN_ACCOUNT: (_C, _R, _W, _L, _A),
    Action.SEE_KNOWLEDGE: (_C, _R, _W, _L, _A),
    Action.EDIT_KNOWLEDGE: (_C,),
    Action.REVIEW_KNOWLEDGE: (_R,),
    Action.PUBLISH_KNOWLEDGE: (_R,),
    Action.IMPORT_KNOWLEDGE: (_C,),
    Action.EXPORT_KNOWLEDGE: (_C, _R, _A),
    Action.EDIT_OFFICES: (_C,),
    Action.EDIT_SCENARIOS: (_C,),
    Action.TRY_SEARCH: (_C, _R, _L, _A),
    Action.SEE_CONVERSATIONS: (_C, _R, _L, _A),
    Action.EXPORT_CONVERSATIONS: (_A,),
    Action.ASSIGN_WORK: (_C, _R),
    Action.SERVE_AT_COUNTER: (_W,),
    Action.PLAN_COUNTERS: (_W,),
    Action.HELP_LIVE: (_L,),
    Action.SEE_FIGURES: (_C, _R, _A),
    Action.SET_NOTICE: (_R,),
    Action.SWITCH_SEARCH_ONLY: (),
    Action.MANAGE_STAFF: (),
    Action.SEE_AUDIT: (),
}
WHO_MAY: Mapping[Action, frozenset[Role]] = {
    action: frozenset((*roles, Role.ADMINISTRATOR)) for action, roles in _BESIDE_ADMINISTRATORS.items()
}
