/** What every page of the site can do beside being read. */
import { watchEmergency } from "/hall-static/emergency.js";
import { carry, carryFrom } from "../chat/carried.js";
import { attachPreferences } from "../chat/preferences.js";
import { canReadAloud, readAloudButton, stopReadingAloud } from "../chat/read_aloud.js";
import { attachSuggestions } from "../chat/suggestions.js";

const the = (id) => document.getElementById(id);

export function openSite() {
  watchEmergency();
  attachPreferences({ elderMode: the("_elder-mode"), extraLarge: the("_extra-large"), highContrast: the("_high-contrast") });
  attachDisplay(document.querySelector(".display"));
  carryFrom(document.querySelectorAll("a[data-ask]"));
  the("_print")?.addEventListener("click", () => print());
  if (the("_aloud") && canReadAloud()) readAloud(the("_aloud"));
  if (the("_search")) attachSearch(the("_search"), the("_words"), the("_suggestions"));
  addEventListener("pagehide", stopReadingAloud);
}

function attachDisplay(display) {
  const opener = display.querySelector("summary");
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !display.open) return;
    display.open = false;
    opener.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => display.contains(target) || (display.open = false));
}

/** The sentences, without what they rest on. */
function readAloud(place) {
  const said = [...document.querySelectorAll("h1, .lead, h2, .statements p:not(.source)")].map((each) => each.textContent.trim());
  place.append(readAloudButton(said.join("\n")));
  place.hidden = false;
}

/** Enter, and what is picked while typing, asks; the button looks it up among the guides, as it does without a script. */
function attachSearch(form, field, list) {
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": list.id })) {
    field.setAttribute(name, value);
  }
  const suggestions = attachSuggestions(field, list, { onPick: carry });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || suggestions.handleKey(event) || event.key !== "Enter") return;
    event.preventDefault();
    if (field.value.trim()) carry(field.value.trim());
  });
}
