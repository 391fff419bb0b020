/** Choosing a day, then a time. Days are tabs; arrow keys move among the days, and among the times of a day. */
import { make } from "./dom.js";
import { momentOf, nearDay } from "./times.js";
import { words } from "./words.js";

const FIRST_DAYS = 8; // the times below them stay in sight on a phone

let pickers = 0;

/** `openings`: [{starts_at, left, payload?}]. `onPick(opening)`. `isOpen(opening)`: can it be taken? */
export function timePicker(openings, { onPick, isOpen }) {
  const name = `picker-${++pickers}`;
  const days = byDay(openings).map((day, place) => drawDay(day, `${name}-${place}`));
  const tabs = days.map(({ tab }) => tab);
  const row = make("div", { class: "days", role: "tablist", "aria-label": words.chooseDay }, ...tabs);
  const more = make("button", { type: "button", class: "quiet", onclick: showAll }, words.moreDays(tabs.length - FIRST_DAYS));
  const panels = days.map(({ panel }) => panel);
  const element = make("div", { class: "picker" }, make("div", { class: "days-and-more" }, row, tabs.length > FIRST_DAYS ? more : null), ...panels);
  for (const tab of tabs.slice(FIRST_DAYS)) tab.hidden = true;
  rove(row, () => tabs.filter((tab) => !tab.hidden), select);
  if (tabs.length) select(tabs[Math.max(0, days.findIndex((day) => day.free > 0))]);
  return { element, reveal: (button) => select(tabs[days.findIndex(({ panel }) => panel.contains(button))]) };

  function drawDay({ moment, openings: ofDay }, id) {
    const free = ofDay.filter(isOpen).reduce((sum, { left }) => sum + left, 0);
    const tab = make(
      "button",
      { type: "button", class: free ? "day" : "day full", role: "tab", id: `${id}-tab`, "aria-controls": id, "aria-selected": "false" },
      make("span", { class: "day-date" }, moment.date),
      " ",
      make("span", { class: "day-name" }, nearDay(moment.day) || moment.weekday),
      " ",
      make("span", { class: "day-left" }, free ? words.left(free) : words.full),
    );
    tab.addEventListener("click", () => select(tab));
    const panel = make(
      "div",
      { class: "times", role: "tabpanel", id, "aria-labelledby": `${id}-tab`, hidden: true },
      ...halves(ofDay).map(([heading, ofHalf]) => drawHalf(heading, ofHalf)),
    );
    rove(panel, () => [...panel.querySelectorAll(".time:not([aria-disabled=true])")], (button) => button.focus());
    return { tab, panel, free };
  }

  function drawHalf(heading, ofHalf) {
    const buttons = ofHalf.map((opening) => make("li", {}, drawTime(opening)));
    return make("div", { class: "half" }, make("p", { class: "caption" }, heading), make("ul", { class: "time-row", "aria-label": heading }, ...buttons));
  }

  function drawTime(opening) {
    const open = isOpen(opening);
    const button = make(
      "button",
      { type: "button", class: "time", "aria-disabled": open ? null : "true", "data-payload": opening.payload || null },
      make("span", { class: "time-at" }, momentOf(opening.starts_at).time),
      " ",
      make("span", { class: "time-left" }, open ? words.left(opening.left) : words.full),
    );
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") onPick(opening, button);
    });
    return button;
  }

  function showAll() {
    more.remove();
    for (const tab of tabs) tab.hidden = false;
    tabs[FIRST_DAYS].focus();
    select(tabs[FIRST_DAYS]);
  }

  function select(tab) {
    if (!tab) return;
    if (tab.hidden) showAll();
    for (const each of days) {
      const chosen = each.tab === tab;
      each.tab.setAttribute("aria-selected", String(chosen));
      each.tab.tabIndex = chosen ? 0 : -1;
      each.panel.hidden = !chosen;
    }
  }
}

/** Tab reaches one of them; arrows, Home and End go from one to the next. */
function rove(area, elements, onMove) {
  settle(elements()[0]);
  area.addEventListener("focusin", (event) => elements().includes(event.target) && settle(event.target));
  area.addEventListener("keydown", (event) => {
    const all = elements();
    const here = all.indexOf(document.activeElement);
    const last = all.length - 1;
    const next = {
      ArrowRight: here + 1,
      ArrowDown: here + 1,
      ArrowLeft: here - 1,
      ArrowUp: here - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (here < 0 || next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const target = all[next < 0 ? last : next > last ? 0 : next];
    onMove(target);
    target.focus();
  });

  function settle(current) {
    for (const each of elements()) each.tabIndex = each === current ? 0 : -1;
  }
}

function byDay(openings) {
  const days = new Map();
  for (const opening of [...openings].sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at))) {
    const moment = momentOf(opening.starts_at);
    if (!days.has(moment.day)) days.set(moment.day, { moment, openings: [] });
    days.get(moment.day).openings.push(opening);
  }
  return [...days.values()];
}

function halves(openings) {
  const isMorning = ({ starts_at: startsAt }) => momentOf(startsAt).hour < 12;
  const both = [
    [words.morning, openings.filter(isMorning)],
    [words.afternoon, openings.filter((each) => !isMorning(each))],
  ];
  return both.filter(([, ofHalf]) => ofHalf.length);
}
