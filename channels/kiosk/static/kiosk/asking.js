/** The fields in which a question is typed, by a keyboard or the system's own keys, and what others ask beside them. */
import { ask } from "/hall-static/ask.js";
import { inLanguage } from "/static/chat/language.js";
import { fillTiles, tile } from "./tiles.js";

const WAIT_MS = 250;
const FEWEST_LETTERS = 2;
const MOST_LETTERS = 20;
const MOST_SHOWN = 4;
/** What a scanner types of a booking's code, wherever the cursor stands. */
const SCANNED = /^WENBAN[:：]([2-9A-HJKMNP-Z]{10})$/i;

/** `suggestions`: a list below the field, or null. */
export function attachAsking({ form, field, suggestions }, { onAsk, onCode }) {
  let timer = 0;
  let turn = 0;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return field.focus();
    const [, code] = SCANNED.exec(text) ?? [];
    leave();
    field.blur();
    if (code) onCode(code.toUpperCase());
    else onAsk(text);
  });
  if (suggestions) {
    field.addEventListener("input", (event) => event.isComposing || suggestSoon());
    field.addEventListener("compositionend", suggestSoon);
  }
  return { leave };

  function suggestSoon() {
    clearTimeout(timer);
    const typed = field.value.trim();
    if (typed.length < FEWEST_LETTERS || typed.length > MOST_LETTERS) return empty();
    timer = setTimeout(() => suggest(typed), WAIT_MS);
  }

  async function suggest(typed) {
    const mine = ++turn;
    const found = await ask(inLanguage(`/api/knowledge/suggest?prefix=${encodeURIComponent(typed)}`)).catch(() => ({ suggestions: [] }));
    if (mine !== turn) return;
    const shown = found.suggestions.slice(0, MOST_SHOWN);
    fillTiles(suggestions, shown.map((text) => tile(text, () => (leave(), onAsk(text)), { kind: "low" })));
    suggestions.hidden = !shown.length;
  }

  function empty() {
    turn += 1;
    clearTimeout(timer);
    if (!suggestions) return;
    suggestions.replaceChildren();
    suggestions.hidden = true;
  }

  function leave() {
    empty();
    form.reset();
  }
}
