/** The sentence that answers first; the details folded below it, for whoever wants them. */
import { make } from "./dom.js";
import { showText } from "./plain_text.js";
import { words } from "./words.js";

/** So little more is read more quickly than unfolded. In characters. */
const SHORT = 60;

addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll(".rest:not([open]), .more-sources:not([open])")) folded.open = true;
});

/** `lead`: how many characters of the text come first, as the service counts them; 0: all of it. */
export function foldedText(text, lead = 0) {
  const letters = Array.from(text);
  const rest = letters.slice(lead).join("").trim();
  if (!lead || Array.from(rest).length <= SHORT) return [showText(text)];
  return [showText(letters.slice(0, lead).join("")), fold(rest)];
}

const fold = (rest) => foldedUnder(words.more, make("div", { class: "rest-text" }, showText(rest)));

/** `name`: what the button says while it is closed. */
export function foldedUnder(name, content) {
  const label = make("span", {}, name);
  const details = make("details", { class: "rest" }, make("summary", {}, label), content);
  details.addEventListener("toggle", () => (label.textContent = details.open ? words.less : name));
  return details;
}
