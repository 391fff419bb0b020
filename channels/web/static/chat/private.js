/**
 * Name and numbers whole, for whoever typed them to check before confirming: on the screen alone, from the answer that
 * has just come. As soon as the conversation goes on they are masked, and nothing keeps them (`withoutPrivate`).
 */
import { make } from "./dom.js";
import { showText } from "./plain_text.js";
import { words } from "./words.js";

/** The line of the text that shows them masked. */
const MASKED_LINE = /^[办辦]事人：.*$/m;

export function withPrivate(text, told) {
  const masked = MASKED_LINE.exec(text)?.[0] ?? "";
  const rows = Object.entries(words.personal).filter(([name]) => told?.[name]);
  if (!rows.length) return [showText(text)];
  const [before, after = ""] = text.split(MASKED_LINE);
  const list = rows.map(([name, label]) => make("div", {}, make("dt", {}, label), make("dd", {}, inGroups(name, told[name]))));
  const whole = make("dl", { class: "private", "aria-label": words.yourDetails }, ...list);
  whole.addEventListener("retired", () => whole.replaceWith(unheard(showText(masked))));
  return [showText(before), whole, showText(after)];
}

/** It was heard whole. */
function unheard(shown) {
  for (const line of shown.children) line.setAttribute("aria-live", "off");
  return shown;
}

/** A reply as it may be kept. */
export function withoutPrivate(reply) {
  return reply.private ? { ...reply, private: undefined } : reply;
}

/** 138 0000 0001: read and compared more easily. Elements, so that what is copied has no blanks. */
function inGroups(name, value) {
  const groups = { phone: /^(\d{3})(\d{4})(\d{4})$/, id_number: /^(.{6})(.{8})(.{4})$/ }[name]?.exec(value);
  const parts = groups ? groups.slice(1) : [value];
  return make("span", { class: "groups" }, ...parts.map((part) => make("span", {}, part)));
}
