/** How a matter stands: with a member of staff, or at the office that decides. */
import { bubble } from "./bubble.js";
import { make } from "./dom.js";
import { showText } from "./plain_text.js";
import { momentOf } from "./times.js";
import { words } from "./words.js";

export function drawHandover({ text, status, ahead }, desk) {
  const waiting = status === "waiting" && ahead > 0 ? make("p", { class: "caption" }, words.ahead(ahead)) : null;
  return bubble(desk.outcome, badge(status, words.handover[status]), showText(text), waiting);
}

/** `history`: [{at, status?, text?}], as it went. */
export function drawCase({ text, case_number: number, guide_name: name, status, history = [] }, desk) {
  const lines = history.map(({ at, status: then, text: said }) =>
    make("li", {}, make("span", { class: "caption" }, dayOf(at)), " ", said || words.caseStatus[then] || ""),
  );
  return bubble(
    desk.outcome,
    make("h2", { class: "item" }, name || words.caseOf),
    make("p", { class: "code small-code" }, number),
    badge(status, words.caseStatus[status]),
    showText(text),
    lines.length ? make("ol", { class: "history", "aria-label": words.history }, ...lines) : null,
  );
}

function badge(status, label) {
  return label ? make("p", {}, make("span", { class: "badge", "data-status": status }, label)) : null;
}

function dayOf(at) {
  return Number.isNaN(Date.parse(at)) ? "" : momentOf(at).date;
}
