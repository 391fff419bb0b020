"""How the deeds of the book of who did what are called for people."""

from __future__ import annotations

from collections.abc import Mapping

_WRITTEN: Mapping[str, str] = {"scenario": "一件事", "rates": "费率", "fact": "大厅常识"}
"""What is drafted, reviewed and published beside guides."""
_STEPS: Mapping[str, str] = {
    "approve": "通过审核",
    "begin": "新建草稿",
    "drop": "作废草稿",
    "give_back": "退回草稿",
    "hand_in": "送审",
    "publish": "发布",
    "roll_back": "按旧版起草稿",
    "take_back": "撤回草稿",
    "write": "写草稿",
}
DEEDS: Mapping[str, str] = {
    **{f"{kind}.{step}": f"{name}：{does}" for kind, name in _WRITTEN.items() for step, does in _STEPS.items()},
    "account.password": "改自己的密码",
    "account.second_step": "开启两步验证",
    "account.no_second_step": "关闭自己的两步验证",
    "counter.": "窗口：全部",
    "counter.add_hours": "加开",
    "counter.appeal": "处理爽约申诉",
    "counter.close": "停办",
    "counter.drop_hours": "撤销加开",
    "counter.excuse": "不算爽约",
    "counter.keep_series": "留下疑似占号",
    "counter.lift": "解除限制",
    "counter.release_series": "放掉疑似占号",
    "counter.reopen": "撤销停办",
    "audit.export": "导出操作记录",
    "conversation.": "对话：全部",
    "conversation.export": "导出对话",
    "conversation.look": "看一段对话",
    "conversation.note": "给对话加备注",
    "conversation.drop_note": "撤下对话备注",
    "conversation.search": "查找对话",
    "figures.export": "导出统计",
    "guide.approve": "通过审核",
    "guide.drop": "作废草稿",
    "guide.give_back": "退回草稿",
    "guide.hand_in": "送审",
    "guide.import": "导入表格",
    "guide.publish": "发布指南",
    "guide.roll_back": "按旧版起草稿",
    "guide.take_back": "撤回草稿",
    "guide.write": "写草稿",
    "question.": "派给部门的问题",
    "questions.": "改题集",
    "notice.set": "发紧急通知",
    "notice.end": "撤紧急通知",
    "office.add": "加网点",
    "office.import": "导入网点",
    "office.change": "改网点",
    "office.tell": "通知预约人重新选时间",
    "personal.look": "查看个人信息",
    "search_only.on": "改为只检索",
    "search_only.off": "恢复对话",
    "staff.add": "加账号",
    "staff.disable": "停用账号",
    "staff.enable": "恢复账号",
    "staff.end_sessions": "让账号退出登录",
    "staff.reset_password": "重设密码",
    "staff.roles": "改角色和范围",
    "staff.second_step_off": "替人关闭两步验证",
}


def name_of(what: str) -> str:
    """The deed as people call it, or as it is where nobody named it."""
    named = [known for known in DEEDS if what == known or (known.endswith(".") and what.startswith(known))]
    return DEEDS[max(named, key=len)] if named else what
