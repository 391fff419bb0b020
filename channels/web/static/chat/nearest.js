/** 用我的位置: where the citizen is, asked of the browser only when they press the button. */
import { icon, make } from "./dom.js";
import { words } from "./words.js";

const LIMIT_MS = 10_000;
const STILL_GOOD_MS = 5 * 60_000;

export function nearestButton(onChoose) {
  const label = make("span", {}, words.useMyPlace);
  const button = make("button", { type: "button", class: "choice with-icon" }, icon("place"), label);
  const fault = make("p", { class: "note", "aria-live": "polite" });
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true" || button.getAttribute("aria-busy") === "true") return;
    if (!navigator.geolocation) return fail();
    show(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        show(false);
        if (button.getAttribute("aria-disabled") === "true") return; // the conversation went on meanwhile
        onChoose({ text: words.nearestToMe, location: { lat: coords.latitude, lon: coords.longitude } });
      },
      fail,
      { timeout: LIMIT_MS, maximumAge: STILL_GOOD_MS },
    );
  });
  return make("div", { class: "options" }, button, fault);

  function fail() {
    show(false);
    fault.textContent = words.noPlace;
  }

  function show(isAsking) {
    button.setAttribute("aria-busy", String(isAsking));
    label.textContent = isAsking ? words.findingPlace : words.useMyPlace;
    if (isAsking) fault.textContent = "";
  }
}
