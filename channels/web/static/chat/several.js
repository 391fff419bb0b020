/** Answers that are no single button: several options at once, or a day. They go back as text, like what is typed. */
import { make } from "./dom.js";
import { words } from "./words.js";

/** Whoever hears a label with such a mark in it hears two: then the numbers are said. */
const PARTS = /[，,、；;]/;

/** Options of which several may be picked; the last one, that it is none of them, stands alone. */
export function severalForm(options, onChoose) {
  const boxes = options.map(({ label }) => make("input", { type: "checkbox", value: label }));
  const none = boxes.at(-1);
  const lines = boxes.map((box) => make("li", {}, make("label", { class: "several" }, box, box.value)));
  const list = make("ul", { class: "several-list", "aria-label": words.optionsOfSeveral }, ...lines);
  list.addEventListener("change", ({ target }) => {
    if (!target.checked) return;
    for (const box of boxes) if ((box === none) !== (target === none)) box.checked = false;
  });
  return answerForm(boxes, list, () => saidOf(boxes), onChoose);
}

/** `shown`: nobody who ticked words reads numbers. */
function saidOf(boxes) {
  const picked = boxes.filter((box) => box.checked);
  const shown = picked.map(({ value }) => value).join("；");
  const hasParts = picked.some(({ value }) => PARTS.test(value));
  return hasParts ? { text: picked.map((box) => boxes.indexOf(box) + 1).join("、"), shown } : { text: shown.replaceAll("；", "、") };
}

export function dayForm(onChoose) {
  const day = make("input", { type: "date", "aria-label": words.day });
  return answerForm([day], day, () => ({ text: day.value }), onChoose);
}

export function numberForm(onChoose) {
  const number = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: "12", "aria-label": words.number });
  return answerForm([number], number, () => ({ text: number.value.trim() }), onChoose);
}

/** Retires with the other options once the conversation goes on. */
function answerForm(inputs, shown, said, onChoose) {
  const submit = make("button", { type: "submit", class: "primary" }, words.picked);
  const form = make("form", { class: "options several-form" }, shown, submit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled") !== "true" && said().text) onChoose(said());
  });
  form.addEventListener("retired", () => {
    for (const input of inputs) input.disabled = true;
  });
  return form;
}
