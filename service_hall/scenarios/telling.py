"""From a checklist to the reply of the contract; the text alone must do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge_base.offices import Office
from knowledge_base.standing import Standing
from knowledge_base.statements import UNVERIFIED, Fee
from service_hall.conversation.citing import Place, attribution, cited, titles_in_words
from service_hall.conversation.reply import (
    ChecklistMaterial,
    ChecklistReply,
    ChecklistStep,
    ChecklistTotals,
    ChecklistVisit,
    CitedSource,
)
from service_hall.conversation.whereabouts import place_of
from service_hall.scenarios.checklist import Checklist, Totals
from service_hall.scenarios.materials import PaperDue
from service_hall.scenarios.steps import StepDue
from service_hall.scenarios.wording import say

# One clause, without a may be: 一般不收费, 按规定不应收费.
_FREE = re.compile("(?!.*(?:一般|应|咨询))[^，；：,;:]*(?:不收[^，；：,;:]{0,6}费用?|免费[^，；：,;:]{0,4})。?")


def tell_checklist(checklist: Checklist, library: Standing, region: str | None) -> ChecklistReply:
    """Kept nowhere yet, nothing of it done."""
    scenario = checklist.told.scenario
    place = place_of(checklist.items[0] if checklist.items else "", library, region)
    sources = tuple(cited(checklist.references, library.published.sources, place, since=""))
    steps = tuple(_step(due, checklist, library, place) for due in checklist.steps)
    materials = tuple(_material(paper) for paper in checklist.papers)
    visits = tuple(_visits(checklist, library))
    notes = tuple(_marked(each.text, each.source) for each in checklist.said if not each.order)
    is_marked = UNVERIFIED in checklist.references or any(paper.is_unverified for paper in checklist.papers)
    unsure = [say("unverified")] if is_marked else []
    names = {office.id: office.name for office in library.published.offices}
    lines = [
        say("title", title=scenario.title),
        *(line for step in steps for line in step_lines(step, _where(step, names))),
        *_at_once(steps),
        *(say("one_visit", steps=_numbers(each.steps), office=each.office_name) for each in visits),
        *_of_offices(steps, library.published.offices),
        *_of_materials(materials),
        *_of_totals(checklist.totals),
        *(say("note", says=note) for note in notes),
        *unsure,
        attribution(sources, place),
    ]
    return ChecklistReply(
        text="\n".join(lines),
        scenario_id=scenario.id,
        title=scenario.title,
        steps=steps,
        materials=materials,
        totals=_totals(checklist.totals),
        notes=(*notes, *unsure),
        visits=visits,
        sources=sources,
    )


def fee_in_words(fee: Fee) -> str:
    """居民身份证工本费 40元/证; what is set elsewhere, by whom."""
    if fee.amount == 0:
        return say("fee_free")
    if fee.amount is not None:
        return say("fee_amount", name=fee.name, amount=f"{fee.amount:f}", unit=fee.unit or "元")
    return say("fee_rate", name=fee.name, rate=fee.rate) if fee.rate else say("fee_set_by", name=fee.name)


def is_free_outright(fee: Fee) -> bool:
    """离婚登记不收任何费用; 改登记项目不收费，身份证要换的另收工本费 says more than 免费, and is told as it stands."""
    return fee.amount == 0 and _FREE.fullmatch(fee.says) is not None


def _fees_in_words(fees: Sequence[Fee]) -> str:
    """免费 beside a price is for some; it is said behind it, once."""
    paid = list(dict.fromkeys(fee_in_words(fee) for fee in fees if fee.amount != 0))
    if not paid:
        hedged = dict.fromkeys(fee.says.rstrip("。") for fee in fees if not is_free_outright(fee))
        return "；".join(hedged) or (say("fee_free") if fees else "")
    for_some = [say("fee_free_for_some")] if any(fee.amount == 0 for fee in fees) else []
    return "；".join((*paid, *for_some))


def _marked(says: str, source: Sequence[str]) -> str:
    """With a word behind what was held against no text."""
    return say("says_unverified", says=says) if UNVERIFIED in source else says


def _step(due: StepDue, checklist: Checklist, library: Standing, place: Place) -> ChecklistStep:
    of_fees = [source for fee in due.fees for source in fee.source]
    limit = [due.limit] if due.limit and UNVERIFIED in due.limit.source else []  # the days alone carry no mark
    return ChecklistStep(
        order=due.order,
        after=due.after,
        step_id=due.step.id,
        guide_id=due.step.item or "",
        guide_name=due.name,
        reason=due.step.reason,
        who=due.step.who,
        urgent=due.step.urgent,
        online=due.is_online,
        office_ids=due.office_ids,
        fee=_marked(_fees_in_words(due.fees), of_fees),
        amount="".join(_marked(each.says, each.source) for each in due.amounts),
        days=due.days,
        says=(
            *(_marked(each.says, each.source) for each in limit),
            *(_marked(each.text, each.source) for each in checklist.said if each.order == due.order),
        ),
        sources=tuple(cited(checklist.references_of(due), library.published.sources, place, since="")),
    )


def _material(paper: PaperDue) -> ChecklistMaterial:
    return ChecklistMaterial(
        name=paper.name,
        form=paper.form,
        originals=paper.originals,
        copies=paper.copies,
        needed_by=paper.needed_by,
        steps=paper.steps,
        only_when=paper.only_when,
        given_by=paper.given_by,
        unverified=paper.is_unverified,
    )


def _visits(checklist: Checklist, library: Standing) -> Iterator[ChecklistVisit]:
    names = {office.id: office.name for office in library.published.offices}
    for office_id, orders in checklist.one_visit:
        yield ChecklistVisit(office_id=office_id, office_name=names[office_id], steps=orders)


def _where(step: ChecklistStep, names: Mapping[str, str]) -> str:
    """The nearest office, by its name; '' for none."""
    return names.get(step.office_ids[0], "") if step.office_ids else ""


def parts_in_words(step: ChecklistStep, where: str = "") -> str:
    """等第1件办好，网上能办，免费，最长1个工作日. A step in words says itself where it is done. `where`: an office, for
    whoever reads no list of them beside it."""
    place = say("online_or_at" if step.online else "at_office", office=where) if where else ""
    parts = [
        say("after", steps=_numbers(step.after)) if step.after else "",
        step.who and say("who", who=step.who),
        "" if not step.guide_id else place or (say("online") if step.online else say("in_person")),
        step.fee,
        _days(step.days),
    ]
    return "，".join(filter(None, parts))


def offices_in_words(told: ChecklistReply, library: Standing) -> dict[int, str]:
    """Order of the step → where it is done."""
    names = {office.id: f"{office.name}（{office.address}）" for office in library.published.offices}
    return {step.order: "；".join(names[each] for each in step.office_ids if each in names) for step in told.steps}


def sources_in_words(sources: Sequence[CitedSource]) -> str:
    titles = titles_in_words(sources)
    return say("sources", titles="；".join(titles)) if titles else ""


def step_lines(step: ChecklistStep, where: str = "") -> Iterator[str]:
    """The first says what it is; then how and where, and what must be minded."""
    mark = say("urgent") if step.urgent else ""
    done = say("done") if step.done else ""
    yield say("step", order=step.order, done=done, name=step.guide_name, mark=mark, reason=step.reason)
    if parts := parts_in_words(step, where):
        yield say("step_parts", parts=parts)
    yield from (say("step_says", says=each) for each in filter(None, (step.amount, *step.says)))


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return say("days", days=days) if days else say("same_day")


def _at_once(steps: Sequence[ChecklistStep]) -> Iterator[str]:
    waits: dict[tuple[int, ...], list[int]] = {}
    for step in steps:
        waits.setdefault(step.after, []).append(step.order)
    yield from (say("at_once", steps=_numbers(orders)) for orders in waits.values() if len(orders) > 1)


def _of_offices(steps: Sequence[ChecklistStep], offices: Iterable[Office]) -> Iterator[str]:
    """Where to go, in the order of the steps, each place once; of several the nearest to the region."""
    nearest = {step.order: step.office_ids[0] for step in steps if step.office_ids}
    in_order = list(dict.fromkeys(nearest.values()))
    found = sorted((each for each in offices if each.id in in_order), key=lambda office: in_order.index(office.id))
    if found:
        yield say("offices")
    yield from (office_line(each, [order for order, name in nearest.items() if name == each.id]) for each in found)


def office_line(office: Office, orders: Iterable[int]) -> str:
    steps = _numbers(orders)
    return say("office", name=office.name, address=office.address, phone=office.phone, steps=steps)


def _of_materials(materials: Sequence[ChecklistMaterial]) -> Iterator[str]:
    always = [each for each in materials if not each.only_when]
    sometimes = [each for each in materials if each.only_when]
    if always:
        yield say("materials")
        yield from map(material_line, always)
    if sometimes:
        yield say("materials_sometimes")
        yield from map(material_line, sometimes)


def material_line(material: ChecklistMaterial) -> str:
    """The paper, how many, and what for; ticked where it is there."""
    copies = say("copies", copies=material.copies) if material.copies else ""
    only_when = say("only_when", when="、".join(material.only_when)) if material.only_when else ""
    given_by = say("given_by", step=material.given_by) if material.given_by else ""
    unread = say("paper_unverified") if material.unverified else ""
    wanted = say("needed_by", steps=_numbers(material.steps))
    remarks = "，".join(filter(None, (only_when, copies, given_by, wanted, unread)))
    return say("material", done=say("done") if material.have else "", name=material.name, remarks=remarks)


def _of_totals(totals: Totals) -> Iterator[str]:
    if fee := _fee(totals):
        yield say("total_fee", fee=fee)
    if totals.days:
        yield say("total_days" if totals.all_days_known else "total_days_at_least", days=totals.days)


def _fee(totals: Totals) -> str:
    if not totals.is_of_items:
        return ""
    others = "、".join(dict.fromkeys(map(fee_in_words, totals.other_fees)))
    if totals.yuan:
        sum_ = say("sum_at_most" if totals.is_at_most else "sum", yuan=f"{totals.yuan.normalize():f}")
        return say("fee_and_more", sum=sum_, others=others) if others else say("fee_sum", sum=sum_)
    if others:
        return say("fee_others", others=others)
    if totals.all_fees_known:
        return say("fee_none" if all(map(is_free_outright, totals.free_fees)) else "fee_none_itself")
    return say("fee_none_known")


def _totals(totals: Totals) -> ChecklistTotals:
    return ChecklistTotals(fee=_fee(totals), amount="".join(totals.amounts), days=totals.days)


def _numbers(orders: Iterable[int]) -> str:
    return "、".join(map(str, orders))
