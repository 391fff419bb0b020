/** A number or a day by touch alone, as the conversation wants it. */
import { make } from "/static/chat/dom.js";
import { words } from "./words.js";

const MOST_DIGITS = 9;
const OF_A_DAY = 8;
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** `kind`: `number` or `date`. `onDone(text)`. */
export function keypad(kind, onDone) {
  const isDay = kind === "date";
  let typed = "";
  const shown = make("p", { class: "typed figure", role: "status" });
  const done = make("button", { type: "button", class: "main wide", onclick: send }, words.picked);
  const key = (label, press, name = null) => make("button", { type: "button", class: "figure", "aria-label": name, onclick: press }, label);
  const last = isDay ? key(words.clear, () => change("")) : key(".", () => typed && !typed.includes(".") && add("."));
  const keys = make(
    "div",
    { class: "digits", role: "group", "aria-label": words.digits },
    ...KEYS.map((digit) => key(digit, () => add(digit))),
    last,
    key("0", () => add("0")),
    key(words.erase, () => change(typed.slice(0, -1)), words.eraseOne),
  );
  change("");
  return make("div", { class: "keypad" }, shown, keys, done);

  function add(digit) {
    if (typed.length < (isDay ? OF_A_DAY : MOST_DIGITS)) change(typed + digit);
  }

  function change(now) {
    typed = now;
    shown.textContent = typed ? (isDay ? words.dayTyped(typed) : typed) : isDay ? words.dayExample : words.nothingTyped;
    shown.classList.toggle("empty", !typed);
    done.setAttribute("aria-disabled", String(!answer()));
  }

  function send() {
    if (answer()) onDone(answer());
  }

  function answer() {
    if (!isDay) return typed.replace(/\.$/, "");
    const day = `${typed.slice(0, 4)}-${typed.slice(4, 6)}-${typed.slice(6)}`;
    return typed.length === OF_A_DAY && isDayOfTheCalendar(day) ? day : "";
  }
}

/** 2026-02-30 is none. */
function isDayOfTheCalendar(day) {
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === day;
}
