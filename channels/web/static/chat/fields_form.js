/**
 * A question with several answers as a small form; they go out as one text, a line each. Only what is plainly left
 * out or too short is told here: the service decides.
 */
import { make } from "./dom.js";
import { withoutAnnouncement } from "./plain_text.js";
import { words } from "./words.js";

const SAID_AS = { name: "姓名", phone: "手机", id_number: "身份证", code: "验证码" };
const BY_KIND = {
  text: { autocomplete: "name" },
  tel: { type: "tel", inputmode: "tel", autocomplete: "tel" },
  id_number: { autocomplete: "off", autocapitalize: "characters", spellcheck: "false" },
  code: { inputmode: "numeric", autocomplete: "one-time-code" },
};
const MOST_LETTERS = 40;

let forms = 0;
/** What was typed and not sent yet: a question in between does not lose it. In this page's memory alone. */
let draft = {};

export function forgetDraft() {
  draft = {};
}

export function fieldsForm(fields, onSend) {
  const name = `form-${++forms}`;
  const rows = fields.map((field) => drawRow(field, `${name}-${field.name}`));
  const submit = make("button", { type: "submit", class: "primary" }, words.filledIn);
  const form = make("form", { class: "options fields", autocomplete: "on", novalidate: true }, ...rows.map(({ element }) => element), submit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled") === "true") return;
    const faulty = rows.filter((row) => row.check());
    if (faulty.length) return faulty[0].input.focus();
    if (rows.every(({ value }) => !value())) return rows[0].complain(words.pleaseFill(rows[0].field.label));
    const lines = rows.filter(({ value }) => value()).map(({ field, value }) => `${SAID_AS[field.name] ?? field.label}：${value()}`);
    forgetDraft();
    for (const { input } of rows) input.value = "";
    onSend(lines.join("\n"));
  });
  form.addEventListener("retired", () => {
    for (const { input } of rows) {
      input.value = "";
      input.disabled = true;
    }
  });
  return form;
}

/** The text shows how to write it for doors without a form. */
export function withoutExample(text) {
  const isExample = (line) => Object.values(SAID_AS).some((label) => line.startsWith(`${label}：`));
  const lines = text.split("\n").filter((line) => !isExample(line));
  return withoutAnnouncement(lines.join("\n")) || text;
}

function drawRow(field, id) {
  const input = make("input", {
    id,
    name: field.name,
    type: "text",
    maxlength: String(MOST_LETTERS),
    required: field.required !== false,
    "aria-describedby": `${id}-hint ${id}-fault`,
    ...(BY_KIND[field.kind] ?? {}),
    ...(field.kind === "text" && field.name !== "name" ? { autocomplete: "off" } : {}),
  });
  input.value = draft[field.name] ?? "";
  const mayBeLeftOut = field.required === false && field.hint !== words.mayBeLeftOut;
  const label = make("label", { for: id }, field.label, mayBeLeftOut ? make("span", { class: "caption" }, `（${words.mayBeLeftOut}）`) : null);
  const hint = make("p", { class: "caption", id: `${id}-hint` }, field.hint ?? "");
  const fault = make("p", { class: "fault", id: `${id}-fault`, "aria-live": "polite" });
  const value = () => input.value.normalize("NFKC").trim();
  input.addEventListener("input", () => {
    draft[field.name] = input.value;
    if (fault.textContent) check();
  });
  return { field, input, value, check, complain, element: make("div", { class: "field" }, label, field.hint ? hint : null, input, fault) };

  /** The fault, or nothing. */
  function check() {
    const found = faultIn(field, value());
    show(found);
    return found;
  }

  function complain(sentence) {
    show(sentence);
    input.focus();
  }

  function show(sentence) {
    if (fault.textContent !== sentence) fault.textContent = sentence;
    input.setAttribute("aria-invalid", String(Boolean(sentence)));
  }
}

function faultIn(field, value) {
  if (!value) return field.required === false ? "" : words.pleaseFill(field.label);
  const signs = value.replace(/[\s\-–—]/g, "");
  if (field.kind === "tel" && signs.replace(/^\+?86(?=1)/, "").replace(/\D/g, "").length !== 11) return words.phoneLength;
  if (field.kind === "id_number" && signs.length !== 18) return words.idNumberLength;
  if (field.kind === "code" && signs.replace(/\D/g, "").length !== 6) return words.codeLength;
  if (field.name === "name" && (Array.from(signs).length < 2 || /\d/.test(signs))) return words.nameAsWritten;
  return "";
}
