/** The tab with the days: closing, opening, and what is arranged. */
import { make } from "/static/chat/dom.js";
import { attachArranged } from "./arranged.js";
import { attachClosing } from "./closing.js";
import { makeDays } from "./days.js";
import { sayTrouble } from "./notice.js";
import { attachSeries } from "./series.js";
import { words } from "./words.js";

export function attachPlanning(the) {
  let office = null;
  const series = attachSeries(
    { card: the("series-card"), list: the("series"), tab: document.querySelector('[data-panel="planning"]') },
    { onReleased: refresh },
  );

  const closing = attachClosing(
    {
      form: the("closing"),
      from: the("closing-from"),
      until: the("closing-until"),
      line: the("closing-line"),
      reason: the("closing-reason"),
      preview: the("closing-preview"),
      hits: the("closing-hits"),
      hitList: the("closing-hit-list"),
      move: the("close-and-move"),
      notify: the("close-and-notify"),
      result: the("closing-result"),
    },
    { onClosed: refresh },
  );
  const arranged = attachArranged(
    {
      list: the("arranged"),
      result: the("arranged-result"),
      form: the("extra"),
      day: the("extra-day"),
      opens: the("extra-opens"),
      closes: the("extra-closes"),
      line: the("extra-line"),
    },
    { onChanged: refresh },
  );
  const refreshDays = makeDays(the("days"), { onClose: closing.fill, onOpen: arranged.fill });

  async function refresh() {
    if (!office) return;
    try {
      await Promise.all([refreshDays(office.office_id), arranged.refresh(office)]);
    } catch (fault) {
      sayTrouble(fault.message);
    }
  }

  /** What was done stays to be read while its clerk looks elsewhere. */
  function open(chosen) {
    if (office === chosen) closing.dropPreview();
    else begin(chosen);
    series.open();
    return refresh();
  }

  function begin(chosen) {
    office = chosen;
    for (const select of [the("closing-line"), the("extra-line")]) {
      select.replaceChildren(
        make("option", { value: "" }, words.wholeOffice),
        ...office.lines.map((line) => make("option", { value: line.line_id }, line.name)),
      );
    }
    arranged.close();
    closing.open(office);
  }

  function close() {
    office = null;
    series.leave();
    arranged.close();
    closing.close();
  }

  return { open, close, watch: series.watch };
}
