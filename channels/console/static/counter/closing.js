/** Closing an office or line for a while: first whom it hits, then what becomes of them, then what was done. */
import { make } from "/static/chat/dom.js";
import { atHall, momentInWords } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { hitLine, hitsOf } from "./hits.js";
import { once, onSubmit } from "./once.js";
import { words } from "./words.js";

export function attachClosing({ form, from, until, line, reason, preview, hits, hitList, move, notify, result }, { onClosed }) {
  let officeId = "";
  /** What was looked at: exactly this is closed. */
  let looked = null;

  onSubmit(form, look);
  form.addEventListener("input", forget);
  const both = [move, notify];
  const close = once(both, carryOut);
  move.addEventListener("click", () => close("move"));
  notify.addEventListener("click", () => close("notify"));

  async function look() {
    forget();
    const span = { from: atHall(from.value), until: atHall(until.value), ...(line.value ? { line_id: line.value } : {}) };
    if (span.until <= span.from) throw new Error(words.wrongOrder);
    const closing = { ...span, reason: reason.value.trim() };
    const found = await askCounter(`${path(officeId)}/closures/preview`, { body: span });
    looked = { closing, hits: found.hits };
    hits.textContent = words.hits(found.hits.length);
    hitList.replaceChildren(...found.hits.map((hit) => hitLine(hit, momentInWords(hit.starts_at))));
    move.textContent = found.hits.length ? words.closeAndMove : words.closeNow;
    notify.hidden = found.hits.length === 0;
    preview.hidden = false;
    move.focus();
  }

  async function carryOut(what) {
    if (!looked) return;
    const { closing, hits: before } = looked;
    const mine = officeId;
    const done = await askCounter(`${path(mine)}/closures`, { body: { ...closing, do: what } });
    if (mine !== officeId) return;
    forget();
    form.reset();
    result.replaceChildren(...report(done, before));
    onClosed();
  }

  function forget() {
    dropPreview();
    result.replaceChildren();
  }

  function dropPreview() {
    looked = null;
    preview.hidden = true;
  }

  return {
    open(office) {
      officeId = office.office_id;
      form.reset();
      forget();
    },
    fill(day) {
      from.value = `${day}T00:00`;
      until.value = `${day}T23:59`;
      forget();
      reason.focus();
    },
    dropPreview,
    close() {
      officeId = "";
      form.reset();
      forget();
    },
  };
}

function report({ moved, displaced, let_go: letGo, waiting }, before) {
  const was = new Map(before.map((hit) => [hit.visit_id, momentInWords(hit.starts_at)]));
  const asBefore = (visit) => was.get(visit.visit_id) ?? momentInWords(visit.starts_at);
  const parts = [
    ...hitsOf(moved, words.moved, (visit) => words.movedTo(was.get(visit.visit_id), momentInWords(visit.starts_at))),
    ...hitsOf(displaced, words.displaced, asBefore),
    ...hitsOf(letGo, words.letGo, asBefore),
    ...hitsOf(waiting, words.stillWaiting, (visit) => visit.number),
  ];
  return parts.length ? parts : [make("p", {}, words.closedQuietly)];
}
