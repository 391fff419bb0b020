/** The desk as it stands. What has not changed is not touched: the focus stays, and nothing is announced twice. */
import { make } from "/static/chat/dom.js";
import { currentVisit, listedVisit } from "./visit_card.js";
import { words } from "./words.js";

export function makeDeskDrawing({ current, waiting, waitingCount, missed, missedCount, today }, { onRecall }) {
  const drawn = new Map();

  function draw(desk) {
    change(current, desk.current, () => currentVisit(desk.current, desk.calls_before_missed));
    change(waiting, desk.waiting, () =>
      desk.waiting.length ? desk.waiting.map((card) => listedVisit(card)) : [nothing(words.nobodyWaits)],
    );
    change(missed, desk.missed, () =>
      desk.missed.length ? desk.missed.map((card) => listedVisit(card, recallButton(card))) : [nothing(words.nobodyMissed)],
    );
    waitingCount.textContent = words.people(desk.waiting.length);
    missedCount.textContent = words.people(desk.missed.length);
    today.textContent = words.today(desk.served_today, desk.average_minutes);
  }

  function recallButton(card) {
    return make(
      "button",
      { type: "button", class: "recall", "aria-label": words.recallNumber(card.number), onclick: () => onRecall(card) },
      words.recall,
    );
  }

  function change(place, content, children) {
    const now = JSON.stringify(content);
    if (drawn.get(place) === now) return;
    drawn.set(place, now);
    const focused = place.contains(document.activeElement) ? document.activeElement.closest("[data-visit]")?.dataset.visit : "";
    place.replaceChildren(...children());
    if (focused) place.querySelector(`[data-visit="${CSS.escape(focused)}"] button`)?.focus();
  }

  return { draw };
}

const nothing = (sentence) => make("li", { class: "soft" }, sentence);
