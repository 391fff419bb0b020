/** How it was: five choices, after the visit. */
import { make } from "./dom.js";
import { rate } from "./visits_api.js";
import { words } from "./words.js";

export function ratingOf(appointment, { onDone }) {
  const { code, rated, can = {} } = appointment;
  if (rated) return make("p", { class: "note" }, words.youRated(words.scores[rated - 1]));
  if (!can.rate) return null;
  const choices = words.scores.map((label, place) => {
    const radio = make("input", { type: "radio", name: `rating-${code}`, value: String(place + 1), required: true });
    return make("label", { class: "tick" }, radio, label);
  });
  const comment = make("input", { type: "text", maxlength: "500", "aria-label": words.ratingComment, placeholder: words.ratingComment });
  const submit = make("button", { type: "submit", class: "primary" }, words.submit);
  const fault = make("p", { class: "fault", "aria-live": "polite" });
  const form = make(
    "form",
    { class: "rating", novalidate: true },
    make("fieldset", {}, make("legend", {}, words.howWasIt), make("div", { class: "scores" }, ...choices)),
    make("div", { class: "comment" }, comment, submit),
    fault,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = form.querySelector("input[type=radio]:checked");
    if (!chosen) return (fault.textContent = words.chooseScore);
    if (submit.getAttribute("aria-busy") === "true") return;
    submit.setAttribute("aria-busy", "true");
    try {
      onDone(await rate(code, Number(chosen.value), comment.value.trim()), words.thanks);
    } catch (refused) {
      fault.textContent = refused.message;
    }
    submit.setAttribute("aria-busy", "false");
  });
  return form;
}
