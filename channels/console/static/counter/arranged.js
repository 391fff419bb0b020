/** Closures and extra hours that are arranged, each to be undone; and the form for extra hours. */
import { make } from "/static/chat/dom.js";
import { dayInWords, momentInWords } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { hitsOf } from "./hits.js";
import { sayDone } from "./notice.js";
import { askBack, onSubmit } from "./once.js";
import { words } from "./words.js";

export function attachArranged({ list, result, form, day, opens, closes, line }, { onChanged }) {
  let office = null;

  onSubmit(form, async () => {
    if (closes.value <= opens.value) throw new Error(words.wrongOrder);
    const hours = { day: day.value, opens: opens.value, closes: closes.value, ...(line.value ? { line_id: line.value } : {}) };
    await askCounter(`${path(office.office_id)}/extra-hours`, { body: hours });
    form.reset();
    result.replaceChildren();
    sayDone(words.extraMade);
    onChanged();
  });

  async function refresh(chosen) {
    office = chosen;
    const arranged = await askCounter(`${path(office.office_id)}/closures`);
    const rows = [
      ...arranged.closures.map((each) =>
        row(
          words.closure(momentInWords(each.from), momentInWords(each.until), lineName(each.line_id)),
          each.reason,
          `/closures${path(each.closure_id)}`,
          ({ restored }) => hitsOf(restored, words.restored, whenOf),
        ),
      ),
      ...arranged.extra_hours.map((each) =>
        row(
          words.extraHours(dayInWords(each.day), each.opens, each.closes, lineName(each.line_id)),
          "",
          `/extra-hours${path(each.extra_id)}`,
          ({ displaced }) => hitsOf(displaced, words.hoursGone, whenOf),
        ),
      ),
    ];
    list.replaceChildren(...(rows.length ? rows : [make("li", { class: "soft" }, words.nothingArranged)]));
  }

  /** `touched`: whom taking it back has touched, from the service's answer. */
  function row(title, reason, address, touched) {
    const undo = askBack(make("button", { type: "button" }, words.undo), words.undoSure, async () => {
      const mine = office;
      const done = await askCounter(`${path(mine.office_id)}${address}`, { method: "DELETE" });
      if (mine !== office) return;
      result.replaceChildren(...touched(done));
      sayDone(words.undone);
      onChanged();
    });
    return make(
      "li",
      { class: "visit" },
      make("span", { class: "visit-words figure" }, make("span", {}, title), reason && make("span", { class: "soft" }, reason)),
      undo,
    );
  }

  const whenOf = (visit) => momentInWords(visit.starts_at);
  const lineName = (id) => office.lines.find((each) => each.line_id === id)?.name ?? words.wholeOffice;

  return {
    refresh,
    fill: (wanted) => ((day.value = wanted), opens.focus()),
    close() {
      office = null;
      result.replaceChildren();
    },
  };
}
