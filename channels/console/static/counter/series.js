/** Many bookings from one network in a short time: staff release them all at once, or keep what is as it should be. */
import { make } from "/static/chat/dom.js";
import { momentInWords } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { hitLine } from "./hits.js";
import { sayDone, sayTrouble } from "./notice.js";
import { askBack, once } from "./once.js";
import { words } from "./words.js";

const LOOK_EVERY_MS = 60_000;

/** `onReleased()`: places have become free. */
export function attachSeries({ card, list, tab }, { onReleased }) {
  let officeId = "";
  let turn = 0;
  let drawn = "";
  setInterval(() => officeId && !document.hidden && look(), LOOK_EVERY_MS);

  /** Says nothing of its own faults: nobody asked. */
  const look = () => refresh().catch(() => {});

  async function refresh() {
    const mine = ++turn;
    const { series } = await askCounter(`${path(officeId)}/series`);
    if (mine !== turn) return;
    const asDrawn = JSON.stringify(series);
    if (asDrawn === drawn) return; // a button that asks back goes on asking
    drawn = asDrawn;
    tab.textContent = words.planningTab(series.length);
    card.hidden = series.length === 0;
    // What a clerk is reading stays open while the list is drawn anew.
    const open = new Set([...list.querySelectorAll("details[open]")].map(({ dataset }) => dataset.series));
    list.replaceChildren(...series.map((each) => row(each, open.has(each.series_id))));
  }

  function row({ series_id: id, first_at: first, last_at: last, bookings, waiting, visits }, isOpen) {
    const address = `${path(officeId)}/series${path(id)}`;
    const release = askBack(make("button", { type: "button", class: "main" }, words.releaseAll(visits.length)), words.releaseSure, async () => {
      const { released } = await orRefresh(() => askCounter(`${address}/release`, { method: "POST" }));
      sayDone(words.released(released));
      await refresh();
      onReleased();
    });
    const keep = async (visitIds) => {
      await askCounter(`${address}/keep`, { body: { visit_ids: visitIds } });
      sayDone(words.kept(visitIds.length));
      await refresh();
    };
    const keepAll = make("button", { type: "button" }, words.keepAll);
    keepAll.addEventListener("click", once([keepAll], () => keep(visits.map((visit) => visit.visit_id))));
    return make(
      "li",
      { class: "visit series" },
      make(
        "span",
        { class: "visit-words" },
        make("strong", {}, words.seriesOf(bookings, momentInWords(first), momentInWords(last))),
        make("span", { class: "soft figure" }, words.seriesHere(visits.length, waiting)),
        make(
          "details",
          { open: isOpen, "data-series": id },
          make("summary", {}, words.seriesList),
          make("ul", { class: "hits figure" }, ...visits.map((visit) => line(visit, keep))),
        ),
      ),
      make("span", { class: "row" }, release, visits.length ? keepAll : null),
    );
  }

  function line(visit, keep) {
    const shown = hitLine(visit, momentInWords(visit.starts_at));
    const button = make("button", { type: "button" }, words.keepOne);
    button.addEventListener("click", once([button], () => keep([visit.visit_id])));
    shown.append(button);
    return shown;
  }

  /** A colleague may have been faster: then the list says how things stand. */
  async function orRefresh(ask) {
    try {
      return await ask();
    } catch (fault) {
      if (fault.status === 404) await refresh();
      throw fault;
    }
  }

  return {
    open: () => refresh().catch((fault) => sayTrouble(fault.message)),
    watch(office) {
      officeId = office.office_id;
      return look();
    },
    leave() {
      officeId = "";
      turn += 1;
      drawn = "";
      list.replaceChildren();
      card.hidden = true;
      tab.textContent = words.planningTab(0);
    },
  };
}
