/** A visit in one of the lists, and the one at the counter. */
import { make } from "/static/chat/dom.js";
import { timeOf } from "/hall-static/times.js";
import { factList } from "./facts.js";
import { words } from "./words.js";

/** `action`: a button, or nothing. */
export function listedVisit(card, action) {
  const marks = [
    card.starts_at ? `${words.booked} ${timeOf(card.starts_at)}` : words.walkIn,
    card.sent_on ? words.sentOn : "",
    words.waits(card.waits_minutes),
  ];
  return make(
    "li",
    { class: "visit", "data-visit": card.visit_id },
    make("strong", { class: "number figure" }, card.number),
    make(
      "span",
      { class: "visit-words" },
      make("span", {}, card.guide_name),
      make("span", { class: "soft figure" }, marks.filter(Boolean).join(" · ")),
    ),
    action,
  );
}

/** `callsBefore`: how often to call before the citizen counts as missed. */
export function currentVisit(card, callsBefore) {
  if (!card) {
    return [
      make("p", { class: "number nobody" }, words.nobody),
      make("p", { class: "soft" }, words.nobodyHint),
    ];
  }
  const state = card.status === "serving" ? words.serving : words.called;
  const since = card.status === "serving" ? card.serving_at : card.called_at;
  const facts = [
    [words.item, card.guide_name],
    [words.person, card.person || words.walkIn],
    [words.booked, card.starts_at ? timeOf(card.starts_at) : ""],
    [words.waited, words.minutes(card.waits_minutes)],
    [words.code, card.starts_at ? card.code_tail : ""],
  ];
  return [
    make(
      "div",
      { class: "current-top" },
      make("p", { class: "number figure" }, card.number),
      make(
        "p",
        { class: `state ${card.status}` },
        [state, since && words.since(timeOf(since))].filter(Boolean).join(" · "),
      ),
      card.status === "called" ? make("p", { class: "soft" }, words.calledTimes(card.calls, callsBefore)) : null,
    ),
    factList(facts),
  ];
}
