/** A letter presses the button that shows it; never while somebody writes, and it can be switched off. */

const KEPT = "wenban.counter.shortcuts";

export function attachShortcuts({ moves, toggle, isAtDesk }) {
  toggle.checked = isWanted();
  toggle.addEventListener("change", () => keep(toggle.checked));
  document.addEventListener("keydown", (event) => {
    if (!toggle.checked || !isAtDesk() || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.("input:not([type=checkbox]), textarea, select")) return;
    // By place on the keyboard where an input method hides the letter.
    const letter = event.key === "Process" ? event.code.replace("Key", "") : event.key.toUpperCase();
    const button = [...moves.querySelectorAll("[data-key]")].find((each) => each.dataset.key === letter);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
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
