/** Buttons that send their payload. */
import { icon, make } from "./dom.js";
import { words } from "./words.js";

/** Options of a question: they retire as soon as the conversation goes on. `about`: label → what it would answer. */
export function showOptions(options, onChoose, { numbered = true, about = new Map() } = {}) {
  const list = make("ol", { class: "options", "aria-label": words.options });
  options.forEach((option, place) => {
    const button = make("button", { type: "button", class: "choice" });
    if (numbered && options.length > 1) button.append(make("span", { class: "place" }, `${place + 1}.`), " ");
    button.append(option.label);
    if (about.has(option.label)) button.append(make("span", { class: "about" }, about.get(option.label)));
    button.dataset.payload = option.payload;
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") onChoose({ text: option.label, payload: option.payload });
    });
    list.append(make("li", {}, button));
  });
  return list;
}

/** Suggestions stay good: each carries its guide and its aspect, or the booking that it is about. */
export function showSuggestions(suggestions, onChoose, heading = words.askOn) {
  const buttons = suggestions.map(({ label, payload }) =>
    make("li", {}, make("button", { type: "button", class: "chip", onclick: () => onChoose({ text: label, payload }) }, label)),
  );
  return make("ul", { class: "chips", "aria-label": heading }, ...buttons);
}

/**
 * Older options stay readable but no longer answer. aria-disabled, not disabled: the pressed button keeps the focus,
 * so that the keyboard goes on from there.
 */
export function retireOptions(log, said) {
  for (const list of log.querySelectorAll(".options:not(.retired)")) {
    list.classList.add("retired");
    for (const button of list.querySelectorAll("button")) {
      button.setAttribute("aria-disabled", "true");
      if (said?.payload && button.dataset.payload === said.payload) {
        button.classList.add("chosen");
        button.prepend(icon("done"));
        button.append(make("span", { class: "unseen", "aria-live": "off" }, words.chosen)); // what she says is heard below
      }
    }
    list.dispatchEvent(new Event("retired"));
  }
  for (const shown of log.querySelectorAll(".private")) shown.dispatchEvent(new Event("retired"));
}
