"""`/console/knowledge/questions`: what citizens ask, found by its words, and a new one added where it belongs."""

from __future__ import annotations

from itertools import islice

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse

from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.listing import is_called
from channels.console.knowledge.where import place_of, region_names
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import typed
from channels.console.shell.paging import EACH
from channels.limits import MOST_CHARACTERS
from service_hall.publishing.questions import Near
from service_hall.publishing.use_cases import Publishing
from service_hall.publishing.writing import Saved
from service_hall.staff.roles import Action

QUESTIONS = "/console/knowledge/questions"


def make_questions_router(console: Console, publishing: Publishing) -> APIRouter:
    router = APIRouter(prefix=QUESTIONS, include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))
    editor = Depends(console.seat(Action.EDIT_KNOWLEDGE))
    questions = publishing.questions

    @router.get("")
    def show(q: str = "", guide: str = "", item: str = "", seat: Seat = reader) -> Response:
        """What holds the words; and, for a new one, what says the same and where it may belong: of the likeliest
        items, of `guide`, or of one that is called `item`."""
        library, asked = publishing.desk.library, q.strip()[:MOST_CHARACTERS]
        may_add = bool(asked) and seat.may(Action.EDIT_KNOWLEDGE)
        places = (questions.places_in(guide) or questions.places_for(asked)) if may_add else []
        likely = (guide, *questions.likely(asked)) if places else ()
        called = [each for each in library.published.catalogue if is_called(each, item)] if item.strip() else []
        return seat.show(
            "knowledge/questions.html",
            q=asked,
            guide=guide,
            listed=list(islice(questions.listed(asked, guide), EACH)),
            near=questions.near(asked) if asked else Near((), ()),
            may_add=may_add,
            places=places,
            is_likely=bool(places) and places[0].guide_id in likely,
            item=item.strip(),
            called=[each for each in called if each.id in library.guide_ids][:EACH],
            title=library.title,
            regions=region_names(library),
        )

    @router.post("/add")
    def add(seat: Seat = editor) -> Response:
        form = typed(seat.form)
        guide_id, statement_id = form.value("guide_id"), form.value("statement_id")
        if key := questions.key_of(guide_id, statement_id):
            seat.check(Action.EDIT_KNOWLEDGE, place_of(publishing.desk.library, key))
        done = questions.add(form.value("q")[:MOST_CHARACTERS], guide_id, statement_id, seat.member.name)
        if not isinstance(done, Saved):
            why = getattr(done, "why", "同事刚刚改过这一条，请再试一次。")
            return seat.go(f"{QUESTIONS}?q=", why)
        told = {"statement": statement_id, "draft": done.draft.draft_id}
        console.audit.record(seat.entry("guide.write", "guide", guide_id, after=told))
        return seat.go(f"{DRAFTS}/{done.draft.draft_id}", "问法已加进草稿，看过就可以送审。")

    @router.post("/near")
    def near(seat: Seat = editor) -> Response:
        """To the script that looks while somebody types."""
        form = typed(seat.form)
        found = questions.near(form.value("q")[:MOST_CHARACTERS], form.value("guide_id"))
        title = publishing.desk.library.title
        said = [f"“{each.question}”已经在“{title(each.key.guide_id)}”的 {each.statement_id} 里" for each in found.same]
        if found.others:
            said.append(f"也像在问{'、'.join(f'“{title(each.guide_id)}”' for each in found.others[:3])}")
        return JSONResponse({"said": said})

    return router
