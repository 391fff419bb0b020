/** Against a no-show that was noted: a reason, in the citizen's own words. */
import { make } from "./dom.js";
import { appeal } from "./visits_api.js";
import { words } from "./words.js";

export function appealForm({ code }, { onDone }) {
  const reason = make("input", { type: "text", maxlength: "200", "aria-label": words.appealReason, placeholder: words.appealReason });
  const submit = make("button", { type: "submit", class: "plain" }, words.appeal);
  const fault = make("p", { class: "fault", "aria-live": "polite" });
  const form = make("form", {}, make("p", {}, words.appealMeans), make("div", { class: "comment" }, reason, submit), fault);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!reason.value.trim()) {
      fault.textContent = words.appealNeedsReason;
      return reason.focus();
    }
    if (submit.getAttribute("aria-busy") === "true") return;
    submit.setAttribute("aria-busy", "true");
    try {
      onDone(await appeal(code, reason.value.trim()), words.appealSent);
    } catch (refused) {
      fault.textContent = refused.message;
    }
    submit.setAttribute("aria-busy", "false");
  });
  return form;
}
