"""Who is on the staff: adding somebody, what each may do, and the way back for whoever cannot get in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass

from service_hall.shared.clock import Clock
from service_hall.staff.accounts import Account, Duties, StaffBook
from service_hall.staff.audit import Entry
from service_hall.staff.member import Member
from service_hall.staff.passwords import new_password

SHORTEST_NAME, LONGEST_NAME = 2, 40
_LOOK_LATIN = ("CYRILLIC", "GREEK")
"""With аdmin, whose first letter is Cyrillic, somebody would stand in the book as another."""


@dataclass(frozen=True)
class Made:
    """`password`: shown once, to be handed over; its first use changes it."""

    password: str


@dataclass(frozen=True)
class Done:
    pass


@dataclass(frozen=True)
class Refused:
    """`field`: of the form; empty: the whole."""

    field: str
    sentence: str


class StaffRoom:
    def __init__(
        self,
        book: StaffBook,
        clock: Clock,
        hashed: Callable[[str], str],
        above: Callable[[str], Collection[str]],
        operators: Collection[str] = (),
        reserved: Collection[str] = (),
    ) -> None:
        """`above`: a region's code with those of all above it; empty: there is no such region. `operators`: accounts
        whose password the settings give. `reserved`: names that stand in the book for nobody's account."""
        self._book, self._clock, self._hashed, self._above = book, clock, hashed, above
        self._operators = frozenset(operators)
        self._reserved = frozenset(each.casefold() for each in reserved)

    def everybody(self, by: Member) -> list[Account]:
        """Whom she may manage, herself included."""
        return [each for each in self._book.everybody() if each.name == by.name or self._is_within(by, each.duties)]

    def find(self, by: Member, name: str) -> Account | None:
        found = self._book.find(name)
        return found if found and (name == by.name or self._is_within(by, found.duties)) else None

    def add(self, by: Member, name: str, duties: Duties) -> Made | Refused:
        name = unicodedata.normalize("NFKC", name)
        if not _is_name(name):
            return Refused("name", "账号名用2到40个字，不能有空格和斜杠，也不能只有句点；字母用英文的。")
        if name.casefold() in self._reserved:
            return Refused("name", "这个名字系统自己要用，请换一个。")
        if fault := self._fault_of(by, duties):
            return fault
        made = new_password()
        entry = self._entry(by, "add", name, after=duties)
        if not self._book.add(name, self._hashed(made), self._clock(), duties, must_change=True, entry=entry):
            return Refused("name", "已经有这个账号了，请换一个名字。")
        return Made(made)

    def set_duties(self, by: Member, name: str, duties: Duties) -> Done | Refused:
        """Her own stay as they are, less as well as more: another one changes them."""
        account = self.find(by, name)
        if account is None:
            return Refused("", "没有这个账号，请刷新后再看。")
        if name == by.name:
            return Refused("", "自己的角色、范围和停用要由别的管理员来改。")
        if fault := self._fault_of(by, duties):
            return fault
        deed = "roles"
        if duties.disabled != account.duties.disabled:
            deed = "disable" if duties.disabled else "enable"
        if not self._book.set_duties(name, duties, self._entry(by, deed, name, account.duties, duties)):
            return Refused("", "这是最后一个管所有地区的管理员，不能停用，也不能去掉管理员角色或限定范围。")
        return Done()

    def reset_password(self, by: Member, name: str) -> Made | Refused:
        """For whoever forgot hers; all her sessions end."""
        if (fault := self._of_another(by, name)) or (fault := self._of_the_settings(name)):
            return fault
        made = new_password()
        entry = self._entry(by, "reset_password", name)
        self._book.change(name, self._hashed(made), must_change=True, entry=entry)
        return Made(made)

    def second_step_off(self, by: Member, name: str) -> Done | Refused:
        """For whoever lost her telephone."""
        if fault := self._of_another(by, name):
            return fault
        self._book.set_second_step(name, "", self._entry(by, "second_step_off", name))
        return Done()

    def end_sessions(self, by: Member, name: str) -> Done | Refused:
        if self.find(by, name) is None:
            return Refused("", "没有这个账号，请刷新后再看。")
        self._book.end_sessions(name, self._entry(by, "end_sessions", name))
        return Done()

    def change_own_password(self, by: Member, password: str) -> Done | Refused:
        """`password`: good enough; that she knows the one before was checked by the door. All her sessions end."""
        if fault := self._of_the_settings(by.name):
            return fault
        entry = Entry(by.name, "account.password", "account", by.name, self._clock())
        self._book.change(by.name, self._hashed(password), entry=entry)
        return Done()

    def keep_second_step(self, by: Member, sealed: str) -> None:
        """Of her own; empty: she does without from now on."""
        deed = "account.second_step" if sealed else "account.no_second_step"
        self._book.set_second_step(by.name, sealed, Entry(by.name, deed, "account", by.name, self._clock()))

    def _of_another(self, by: Member, name: str) -> Refused | None:
        """Her own password and second step she changes at her own page, where she is asked for the password."""
        if name == by.name:
            return Refused("", "自己的密码和两步验证请在“我的账号”里改。")
        return None if self.find(by, name) else Refused("", "没有这个账号，请刷新后再看。")

    def _of_the_settings(self, name: str) -> Refused | None:
        is_given = name in self._operators
        return Refused("", "这个账号的密码由部署设置给定，请改 WENBAN_ADMIN_PASSWORD。") if is_given else None

    def _fault_of(self, by: Member, duties: Duties) -> Refused | None:
        if not duties.roles and not duties.disabled:
            return Refused("roles[]", "请至少选一个角色。")
        if unknown := sorted(code for code in duties.regions if not self._above(code)):
            return Refused("regions[]", f"没有这个地区：{'、'.join(unknown)}。")
        if not self._is_within(by, duties):
            return Refused("regions[]", "您只能管自己范围内的账号，请把地区和部门限定在您的范围里。")
        return None

    def _is_within(self, by: Member, duties: Duties) -> bool:
        """Nobody gives what she has not got herself."""
        in_regions = not by.regions or (
            duties.regions and all(not by.regions.isdisjoint(self._above(code)) for code in duties.regions)
        )
        of_departments = not by.departments or (duties.departments and duties.departments <= by.departments)
        return bool(in_regions and of_departments)

    def _entry(
        self, by: Member, deed: str, name: str, before: Duties | None = None, after: Duties | None = None
    ) -> Entry:
        told = {"before": before.told() if before else {}, "after": after.told() if after else {}}
        return Entry(by.name, f"staff.{deed}", "account", name, self._clock(), **told)


def _is_name(text: str) -> bool:
    has_room = SHORTEST_NAME <= len(text) <= LONGEST_NAME
    # A browser takes dots alone for the way up, and never opens the page of such an account.
    return (
        has_room
        and text.strip(".") != ""
        and text.isprintable()
        and not any(each.isspace() or each in "/\\" for each in text)
        and not any(unicodedata.name(each, "").startswith(_LOOK_LATIN) for each in text)
    )
