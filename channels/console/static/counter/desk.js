/** Calling, serving, finishing: one move at a time, and the list looked at anew every three seconds. */
import { askCounter, path } from "./api.js";
import { makeDeskDrawing } from "./desk_drawing.js";
import { sayNothing, sayTrouble } from "./notice.js";
import { words } from "./words.js";

const EVERY_MS = 3000;
/** From which state of the citizen at the counter a move is possible; `nobody`: none is there. */
const POSSIBLE = {
  "call-next": ["nobody"],
  "call-again": ["called"],
  serve: ["called"],
  finish: ["serving"],
  miss: ["called"],
  transfer: ["called", "serving"],
};

/** `onDrawn`: (desk) is on the page now. */
export function attachDesk(parts, { moves, chooseCounter, onDrawn }) {
  let place = null;
  let desk = null;
  let isBusy = false;
  let isCutOff = false;
  /** Raised with every move: an answer to a question asked before it is out of date. */
  let turn = 0;
  let timer = 0;

  const drawing = makeDeskDrawing(parts, {
    onRecall: (card) => desk?.current === null && move("recall", { visit_id: card.visit_id }),
  });
  moves.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (button && button.getAttribute("aria-disabled") !== "true") press(button.dataset.move);
  });
  document.addEventListener("visibilitychange", () => document.hidden || look());

  function open(chosen) {
    place = chosen;
    desk = null;
    isBusy = false;
    turn += 1;
    showPossible();
    look();
  }

  function close() {
    place = null;
    turn += 1;
    clearTimeout(timer);
  }

  async function press(name) {
    const visit = desk?.current;
    if (name === "call-next") return move(name, {});
    if (name !== "transfer") return move(name, { visit_id: visit.visit_id });
    const counter = await chooseCounter(desk.other_counters);
    if (counter) await move(name, { visit_id: visit.visit_id, to_counter: counter });
  }

  async function move(name, body) {
    if (isBusy || !place) return;
    isBusy = true;
    const mine = ++turn;
    showPossible();
    sayNothing();
    try {
      const after = await askCounter(`${path(place.office.office_id, place.counter)}/${name}`, { body });
      if (mine === turn) take(after);
    } catch (fault) {
      if (mine === turn) await explain(fault, mine);
    } finally {
      if (mine === turn) {
        isBusy = false;
        showPossible();
      }
    }
  }

  /** A refusal, or no answer at all, means that the page may not know how things stand. */
  async function explain(fault, mine) {
    try {
      const after = await askCounter(path(place.office.office_id, place.counter));
      if (mine === turn) take(after);
    } catch {
      // The next look will tell.
    }
    if (mine === turn && fault.status !== 401) sayTrouble(fault.code === "moved_already" ? words.movedAlready : fault.message);
  }

  async function look() {
    clearTimeout(timer);
    if (!place) return;
    const mine = turn;
    if (!isBusy && !document.hidden) {
      try {
        const seen = await askCounter(path(place.office.office_id, place.counter));
        if (mine === turn) take(seen);
        if (isCutOff) sayNothing();
        isCutOff = false;
      } catch (fault) {
        if (mine === turn && fault.status !== 401) {
          isCutOff = fault.status === 0;
          sayTrouble(isCutOff ? words.cutOff : fault.message);
        }
      }
    }
    clearTimeout(timer);
    if (place) timer = setTimeout(look, EVERY_MS);
  }

  function take(seen) {
    desk = seen;
    drawing.draw(desk);
    showPossible();
    onDrawn(desk);
  }

  function showPossible() {
    const state = desk ? (desk.current?.status ?? "nobody") : "unknown";
    for (const button of moves.querySelectorAll("[data-move]")) {
      button.setAttribute("aria-disabled", String(isBusy || !POSSIBLE[button.dataset.move].includes(state)));
      if (button.dataset.move === "miss") button.toggleAttribute("data-too-soon", isTooSoonToMiss());
    }
    for (const button of parts.missed.querySelectorAll(".recall")) {
      button.setAttribute("aria-disabled", String(isBusy || state !== "nobody"));
    }
  }

  function isTooSoonToMiss() {
    return desk?.current?.status === "called" && desk.current.calls < desk.calls_before_missed;
  }

  return { open, close, look };
}
