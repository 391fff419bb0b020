/** Which office and counter this is: asked once, then remembered on this computer. */
import { make } from "/static/chat/dom.js";
import { counterName } from "/hall-static/naming.js";
import { words } from "./words.js";

const KEPT = "wenban.counter";

export function attachPlace({ form, office, counter }, { onChosen }) {
  let offices = [];

  office.addEventListener("change", () => showCounters());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = find({ office_id: office.value, counter: counter.value });
    if (!chosen) return;
    keep({ office_id: office.value, counter: counter.value });
    onChosen(chosen);
  });

  /** The remembered place, or null where it is not there any more. */
  function remembered(known) {
    offices = known.filter((each) => each.lines.length);
    return find(kept());
  }

  function open() {
    const before = kept();
    office.replaceChildren(...offices.map((each) => make("option", { value: each.office_id }, each.name)));
    if (offices.some((each) => each.office_id === before.office_id)) office.value = before.office_id;
    showCounters(before.counter);
    form.hidden = false;
    office.focus();
  }

  function showCounters(before = "") {
    const lines = offices.find((each) => each.office_id === office.value)?.lines ?? [];
    counter.replaceChildren(
      ...lines.flatMap((line) =>
        line.counters.map((label) => make("option", { value: label }, words.counterOption(counterName(label), line.name))),
      ),
    );
    if (lines.some((line) => line.counters.includes(before))) counter.value = before;
  }

  function find(place) {
    const found = offices.find((each) => each.office_id === place.office_id);
    const line = found?.lines.find((each) => each.counters.includes(place.counter));
    return line ? { office: found, line, counter: place.counter } : null;
  }

  return { open, remembered };
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

function keep(place) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(place));
  } catch {
    // Storage may be closed to us: then the question comes again tomorrow.
  }
}
