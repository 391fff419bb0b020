"""An answer on its way to a citizen, or what is left of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from channels.wechat.api.parts import MenuPart, TextPart
from channels.wechat.rendering import Extra, Shown
from channels.wechat.splitting import split
from service_hall.shared.ids import MessageId
from service_hall.visits.notices import NoticeId


@dataclass(frozen=True)
class Saying:
    """`message_id`: of the turn where it stands; None for what stands nowhere and cannot be kept. `begins`: how many
    characters of it were said, or NOT_YET for what is said in its place. `heading`: said once above it, such as to
    which question it is the answer."""

    shown: Shown
    message_id: MessageId | None = None
    begins: int = 0
    heading: str = ""
    is_kept: bool = False
    """Among the late answers."""
    notice_id: NoticeId | None = None
    """Of a notice that did not reach her."""

    @property
    def text(self) -> str:
        return self.heading + self.shown.text[self._at :]

    def after(self, said: int) -> Saying:
        """What is left once so many characters of its text were said."""
        return replace(self, begins=self._at + max(0, said - len(self.heading)), heading=self.heading[said:])

    @property
    def _at(self) -> int:
        return max(self.begins, 0)

    @property
    def is_over(self) -> bool:
        return not self.text.strip()

    @property
    def has_more(self) -> bool:
        """To be said, or shown."""
        return not self.is_over or bool(self.shown.extras)

    def steps(self, with_menu: bool) -> Iterator[tuple[TextPart | MenuPart | Extra, Saying]]:
        """Part by part, each with what is left after it. Where only what beautifies is left, nothing is."""
        menu = self.shown.menu if with_menu and self._at <= self.shown.untapped else None
        text = self.heading + self.shown.text[self._at : self.shown.untapped] if menu else self.text
        for piece in split(text):
            yield TextPart(piece.text), self.after(piece.end)
        if menu:
            yield menu, self.after(len(self.text))
        for extra in self.shown.extras:
            yield extra, self.after(len(self.text))
