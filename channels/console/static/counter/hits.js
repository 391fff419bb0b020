/** Bookings that a closure, or its end, has touched: when, what, and whose. */
import { make } from "/static/chat/dom.js";
import { words } from "./words.js";

export function hitLine(visit, when) {
  const who = [visit.person, visit.code_tail && `…${visit.code_tail}`].filter(Boolean).join(" ");
  return make(
    "li",
    {},
    make("strong", {}, when),
    make("span", {}, visit.guide_name),
    make("span", { class: "soft" }, who),
    visit.by_telephone ? make("strong", { class: "call" }, words.callToTell) : null,
  );
}

/** `title`: words for a count, and for how many of them to call; `when`: for a visit. Nothing where there are no visits. */
export function hitsOf(visits, title, when) {
  if (!visits?.length) return [];
  return [
    make("p", {}, title(visits.length, visits.filter((visit) => visit.by_telephone).length)),
    make("ul", { class: "hits figure" }, ...visits.map((visit) => hitLine(visit, when(visit)))),
  ];
}
