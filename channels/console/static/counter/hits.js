/** Bookings that a closure, or its end, has touched: when, what, and whose. */
import { make } from "/static/chat/dom.js";

export function hitLine(visit, when) {
  const who = [visit.person, visit.code_tail && `…${visit.code_tail}`].filter(Boolean).join(" ");
  return make("li", {}, make("strong", {}, when), make("span", {}, visit.guide_name), make("span", { class: "soft" }, who));
}

/** `title`, `when`: words for a count, and for a visit. Nothing where there are no visits. */
export function hitsOf(visits, title, when) {
  if (!visits?.length) return [];
  return [
    make("p", {}, title(visits.length)),
    make("ul", { class: "hits figure" }, ...visits.map((visit) => hitLine(visit, when(visit)))),
  ];
}
