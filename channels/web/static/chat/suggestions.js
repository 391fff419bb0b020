/** What others ask, while typing: a listbox at a combobox. Focus stays in the field. */
import { fetchSuggestions } from "./api.js";
import { make } from "./dom.js";

const WAIT_MS = 180;
const FEWEST_LETTERS = 2;
const MOST_LETTERS = 20; // a longer text is a sentence of the citizen's own
const MOST_SHOWN = 6;

export function attachSuggestions(field, list, { onPick }) {
  let timer = 0;
  let asking = null;
  let active = -1;

  field.addEventListener("input", (event) => event.isComposing || askSoon());
  field.addEventListener("compositionend", askSoon);
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) pick(option);
  });

  return { handleKey, close };

  function askSoon() {
    forget();
    const typed = field.value.trim();
    if (typed.length < FEWEST_LETTERS || typed.length > MOST_LETTERS || typed.includes("\n")) return close();
    timer = setTimeout(() => ask(typed), WAIT_MS);
  }

  async function ask(typed) {
    asking = new AbortController();
    const { signal } = asking;
    try {
      const found = await fetchSuggestions(typed, signal);
      if (!signal.aborted) open(found.filter((each) => each !== typed).slice(0, MOST_SHOWN));
    } catch {
      if (!signal.aborted) close(); // suggestions are a convenience: the citizen can always send
    }
  }

  function open(texts) {
    if (texts.length === 0 || document.activeElement !== field) return close();
    active = -1;
    list.replaceChildren(
      ...texts.map((text, place) => make("li", { role: "option", id: `suggestion-${place}`, "aria-selected": "false" }, text)),
    );
    list.hidden = false;
    list.scrollTop = 0;
    field.setAttribute("aria-expanded", "true");
    field.removeAttribute("aria-activedescendant");
  }

  function close() {
    forget();
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function forget() {
    clearTimeout(timer);
    asking?.abort();
  }

  function handleKey(event) {
    if (list.hidden || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) pick(list.children[active]);
    else return false;
    event.preventDefault();
    return true;
  }

  /** Past either end lies the citizen's own text, with no option marked. */
  function move(by) {
    const places = list.children.length + 1;
    list.children[active]?.setAttribute("aria-selected", "false");
    active = ((active + 1 + by + places) % places) - 1;
    const option = list.children[active];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function pick(option) {
    close();
    onPick(option.textContent);
  }
}
