/** Two weeks at a glance: how full each day is. */
import { make } from "/static/chat/dom.js";
import { addDays, dayInWords, today } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { words } from "./words.js";

const SHOWN_DAYS = 14;

/** `onClose`, `onOpen`: (day) is to be closed, or opened besides its hours. */
export function makeDays(rows, { onClose, onOpen }) {
  return async function refresh(officeId) {
    const from = today();
    const until = addDays(from, SHOWN_DAYS - 1);
    const { days } = await askCounter(`${path(officeId)}/days?from=${from}&to=${until}`);
    rows.replaceChildren(...days.map(row));
  };

  function row({ day, booked, capacity, closed, why }) {
    const name = dayInWords(day);
    const isOff = closed || !capacity;
    return make(
      "tr",
      { class: isOff ? "off" : "" },
      make("th", { scope: "row" }, name),
      make("td", { class: "figure" }, isOff && !booked ? why || words.closedDay : words.bookedOf(booked, capacity)),
      make("td", {}, isOff ? null : make("meter", { min: 0, max: capacity, value: booked, "aria-hidden": "true" })),
      make(
        "td",
        { class: "row-buttons" },
        isOff
          ? make("button", { type: "button", "aria-label": words.openThisDay(name), onclick: () => onOpen(day) }, words.openDay)
          : make("button", { type: "button", "aria-label": words.closeThisDay(name), onclick: () => onClose(day) }, words.closeDay),
      ),
    );
  }
}
