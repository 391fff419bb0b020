/** Whom staff have to call: what they booked has changed, and no door reaches the citizen. */
import { make } from "/static/chat/dom.js";
import { momentInWords } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { sayDone, sayTrouble } from "./notice.js";
import { once } from "./once.js";
import { words } from "./words.js";

/** `onChange`: (code) another time is to be found for this booking. */
export function attachTelling({ list, tab }, { onChange }) {
  let officeId = "";
  /** Raised with every look: an answer to an earlier one is out of date. */
  let turn = 0;

  // A page that the browser keeps for its back button would keep the telephone numbers too.
  window.addEventListener("pagehide", () => list.replaceChildren());

  async function refresh() {
    const mine = ++turn;
    try {
      const { to_tell: entries } = await askCounter(`${path(officeId)}/to-tell`);
      if (mine !== turn) return;
      count(new Set(entries.map((entry) => entry.visit.visit_id)).size);
      list.replaceChildren(...(entries.length ? entries.map(row) : [make("li", { class: "soft" }, words.nobodyToTell)]));
    } catch (fault) {
      if (mine === turn) sayTrouble(fault.message);
    }
  }

  function row(entry) {
    const { visit } = entry;
    const shown = make("span", { class: "to-call figure", role: "status" });
    const look = make("button", { type: "button", onclick: () => showPhone() }, words.showPhone);
    const done = make("button", { type: "button", onclick: () => tick() }, words.told);
    const showPhone = once([look], async () => {
      const mine = turn;
      const { phone, code } = await orRefresh(entry, "/phone");
      if (mine !== turn) return;
      const change = make("button", { type: "button", onclick: () => onChange(code) }, words.changeAfterCall);
      shown.replaceChildren(
        make("a", { class: "call", href: `tel:${phone}` }, phone),
        make("span", {}, words.codeToRead(code)),
        change,
      );
      look.remove();
      shown.querySelector("a").focus();
    });
    const tick = once([done], async () => {
      await orRefresh(entry, "/told");
      sayDone(words.toldNow(visit.person));
      await refresh();
      (list.querySelector("button") ?? tab).focus();
    });
    return make(
      "li",
      { class: "visit", "data-notice": entry.notice_id },
      make(
        "span",
        { class: "visit-words" },
        make("strong", {}, entry.sentence),
        make("span", { class: "soft figure" }, words.toTellWho(visit.person, visit.code_tail, momentInWords(entry.since))),
        shown,
      ),
      make("span", { class: "row" }, look, done),
    );
  }

  /** A colleague may have been faster: then the list says how things stand. */
  async function orRefresh({ notice_id: noticeId }, door) {
    try {
      return await askCounter(`${path(officeId)}/to-tell${path(noticeId)}${door}`, { method: "POST" });
    } catch (fault) {
      if (fault.status === 404) await refresh();
      throw fault;
    }
  }

  function count(people) {
    tab.textContent = words.toTellTab(people);
  }

  return {
    count,
    open(office) {
      officeId = office.office_id;
      return refresh();
    },
    leave() {
      turn += 1;
      list.replaceChildren();
    },
  };
}
