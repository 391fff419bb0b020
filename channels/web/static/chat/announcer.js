/** What must be heard at once. Made when first needed: the log is the one voice of the page until then. */
import { make } from "./dom.js";

const SETTLING_MS = 100; // screen readers miss what stands in a new live region from the start

export function announce(text) {
  // A modal dialog silences everything outside of it.
  const place = document.querySelector("dialog[open]") ?? document.body;
  const voice = place.querySelector(":scope > .voice") ?? place.appendChild(make("p", { class: "unseen voice", "aria-live": "assertive" }));
  voice.textContent = "";
  setTimeout(() => (voice.textContent = text), SETTLING_MS);
}
