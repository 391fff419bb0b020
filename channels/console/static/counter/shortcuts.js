/**
 * A letter presses the button that shows it; never while somebody writes, and it can be switched off. What cannot be
 * taken back (`data-asks`) wants the same letter a second time, for the same citizen; a click too, where it comes too soon
 * (`data-too-soon`).
 */
import { sayDone, sayNothing } from "./notice.js";
import { words } from "./words.js";

const KEPT = "wenban.counter.shortcuts";

/** `numberNow()`: of the citizen at the counter. */
export function attachShortcuts({ moves, toggle, isAtDesk, numberNow }) {
  /** What the next press of its letter will do: { button, number }. */
  let asked = null;
  toggle.checked = isWanted();
  toggle.addEventListener("change", () => keep(toggle.checked));
  document.addEventListener("keydown", (event) => {
    if (!toggle.checked || !isAtDesk() || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.("input:not([type=checkbox]), textarea, select")) return;
    // By place on the keyboard where an input method hides the letter.
    const letter = event.key === "Process" ? event.code.replace("Key", "") : event.key.toUpperCase();
    const button = [...moves.querySelectorAll("[data-key]")].find((each) => each.dataset.key === letter);
    const isSure = asked?.button === button && asked.number === numberNow();
    forget();
    if (!button) return;
    event.preventDefault();
    if ("asks" in button.dataset && !isSure) askBack(button);
    else button.click();
  });
  document.addEventListener("pointerdown", (event) => event.target.closest?.("[data-move]") !== asked?.button && forget());
  // Before the desk hears of it. A letter that is sure presses the button by itself.
  moves.addEventListener("click", (event) => {
    const button = event.target.closest("[data-too-soon]");
    if (!button || !event.isTrusted) return;
    const isSure = asked?.button === button && asked.number === numberNow() && event.detail < 2;
    if (!isSure) event.stopImmediatePropagation();
    if (isSure) forget();
    else askBack(button, words.clickAgain);
  }, true);

  function askBack(button, sentences = words.pressAgain) {
    if (button.getAttribute("aria-disabled") === "true") return;
    asked = { button, number: numberNow() };
    sayDone(sentences[button.dataset.move](button.dataset.key, asked.number));
  }

  function forget() {
    if (asked) sayNothing();
    asked = null;
  }
}

function isWanted() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

function keep(wanted) {
  try {
    localStorage.setItem(KEPT, wanted ? "on" : "off");
  } catch {
    // Storage may be closed to us: then it holds until the page is left.
  }
}
