"""The surnames of nearly everybody in China: a word that begins with one may be a name.

After the yearly reports on names of the Ministry of Public Security (公安部《全国姓名报告》) and 百家姓, less those
that more often begin a word of another kind in a message (明, 时, 能, 都).
"""

from __future__ import annotations

import re

_SINGLE = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍"
    "韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    "薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏"
    "栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都居衡步耿满弘匡国寇广禄阙东利蔚越夔隆师巩厍晁勾融訾阚那空毋沙乜养鞠须丰巢蒯相后荆红游竺权逯盖益桓公"
    "陳張楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許傅盧蔣賈閻餘鍾範譚鄒陸顧龍錢湯賀龔龐蘭顏嚴蘆魯韋畢聶叢齊莊塗關費紀項陽衛單寧華車邊閔簡婁蓋穆黨連欒喻遲藍滿"
    "闕師鞏須豐紅權葉賴條劉蘇呂萬湯喬"
)
_NOT_ALONE = frozenset("沿位植时都来居那空养须相后公国利益木国广全计步满红越商")
"""Surnames, and yet a word that begins with one is seldom a name."""
_COMPOUND = (
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "宇文", "夏侯", "端木",
    "南宫", "长孙", "独孤", "呼延", "澹台", "淳于", "百里", "东郭", "轩辕", "歐陽", "司馬", "諸葛", "東方", "尉遲",
    "公孫", "長孫",
)  # fmt: skip
_LETTERS = "".join(sorted(set(_SINGLE) - _NOT_ALONE))
_HAN = r"[\u3400-\u9fff]"
_NAME = re.compile(rf"(?:{'|'.join(_COMPOUND)}){_HAN}{{1,2}}|[{_LETTERS}]{_HAN}{{1,2}}|[{_LETTERS}]{{2}}{_HAN}{{2}}")
_COMPOUND_NAME = re.compile(rf"(?:{'|'.join(_COMPOUND)})")


def begins_with_surname(word: str, compound: bool = False) -> bool:
    """Whether the whole word is built as a name of two to four letters is; `compound`: begins with a compound one."""
    return bool(_COMPOUND_NAME.match(word)) if compound else bool(_NAME.fullmatch(word))
