"""The surnames of nearly everybody in China: a word that begins with one may be a name.

Put together by hand and not counted from a source; less those that more often begin a word of another kind in a
message (明, 时, 能, 都).
"""

from __future__ import annotations

import re

_SINGLE = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严"
    "牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查"
    "屈鲍覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫苟褚廉简娄盖符奚穆党燕郎"
    "邸冀谈姬屠连郜晏栾郁蒙喻揭窦迟宇敖糜鄢冷卓花仇艾蓝衡弘匡寇禄阙东蔚夔隆师巩厍晁勾融訾阚毋沙乜鞠丰巢蒯荆竺权逯桓陳"
    "張楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許盧蔣賈閻餘鍾範譚鄒陸顧龍錢湯賀龔龐蘭顏嚴蘆魯韋畢聶叢齊莊塗關費紀項陽衛單寧華車邊閔"
    "簡婁蓋黨連欒遲藍滿闕師鞏須豐紅權葉賴條劉蘇呂萬喬"
)
_COMPOUND = (
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "宇文", "夏侯", "端木",
    "南宫", "长孙", "独孤", "呼延", "澹台", "淳于", "百里", "东郭", "轩辕", "歐陽", "司馬", "諸葛", "東方", "尉遲",
    "公孫", "長孫",
)  # fmt: skip
_HAN = r"[\u3400-\u9fff]"
_NAME = re.compile(rf"(?:{'|'.join(_COMPOUND)}){_HAN}{{1,2}}|[{_SINGLE}]{_HAN}{{1,2}}|[{_SINGLE}]{{2}}{_HAN}{{2}}")
_COMPOUND_NAME = re.compile("|".join(_COMPOUND))


def is_like_name(word: str) -> bool:
    """Whether the whole word is built as a name of two to four letters is."""
    return bool(_NAME.fullmatch(word))


def has_compound_surname(run: str) -> bool:
    return bool(_COMPOUND_NAME.match(run))
