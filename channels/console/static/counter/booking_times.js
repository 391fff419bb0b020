/** The times of a day out of the share that staff book from; one of them is chosen. */
import { make } from "/static/chat/dom.js";
import { addDays, dateOf, dayInWords, momentInWords, timeOf, today } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { words } from "./words.js";

const LAST_DAY = 30;
/** Another time would do. */
const ABOUT_TIME = new Set(["slot_full", "past", "too_soon", "beyond_horizon", "closed_day", "no_opening", "bad_time"]);

export function attachTimes({ list, said, item, day }) {
  let officeId = "";
  let chosen = "";
  /** Raised with every question: an answer to an earlier one is out of date. */
  let turn = 0;

  item.addEventListener("change", look);
  day.addEventListener("change", look);

  /** A time that was chosen stays so while it is still offered. */
  async function look() {
    const mine = ++turn;
    const before = chosen;
    draw([]);
    if (!item.value) return say(words.chooseItem);
    if (!day.value || !day.validity.valid) return say(words.chooseDay(dayInWords(day.max)));
    say(words.looking);
    const asked = new URLSearchParams({ guide_id: item.value, day: day.value });
    try {
      const { openings } = await askCounter(`${path(officeId)}/openings?${asked}`);
      if (mine !== turn) return;
      draw(openings, before);
      say(openings.length ? words.timesOf(dayInWords(day.value), chosen && timeOf(chosen)) : words.noTimes);
    } catch (fault) {
      if (mine === turn) say(fault.message);
    }
  }

  function draw(openings, before = "") {
    chosen = openings.some((each) => each.starts_at === before) ? before : "";
    const isOfDay = openings.every((each) => dateOf(each.starts_at) === day.value);
    list.replaceChildren(...openings.map((each) => drawTime(each, isOfDay ? timeOf : momentInWords)));
    showChosen();
  }

  function drawTime({ starts_at: startsAt, left }, inWords) {
    return make(
      "button",
      { type: "button", class: "time", "data-at": startsAt, onclick: () => choose(startsAt) },
      make("span", {}, inWords(startsAt)),
      " ",
      make("span", { class: "left" }, words.left(left)),
    );
  }

  function choose(startsAt) {
    chosen = startsAt;
    day.value = dateOf(startsAt);
    say(words.timesOf(dayInWords(day.value), timeOf(chosen)));
    showChosen();
  }

  function showChosen() {
    for (const button of list.children) button.setAttribute("aria-pressed", String(button.dataset.at === chosen));
  }

  /** Why the choice will not do; `instead`: openings of whatever day, else those of this day as they stand now. */
  async function refuse(sentence, instead = []) {
    if (instead.length) draw(instead);
    else await look();
    if (!item.value) return;
    say(sentence);
    (list.querySelector("button") ?? day).focus();
  }

  function say(sentence) {
    said.textContent = sentence;
  }

  return {
    chosen: () => chosen,
    open(office) {
      officeId = office.office_id;
      return look();
    },
    /** Nothing is chosen, and nothing to choose from is left. `wanted`: the day to begin with, unless it is over. */
    clear(wanted = "") {
      turn += 1;
      day.min = today();
      day.max = addDays(day.min, LAST_DAY);
      day.value = wanted > day.min ? wanted : day.min;
      draw([]);
      say(words.chooseItem);
    },
    refuse,
    /** False where the service's refusal is about something else than the time. */
    async refusedBy(fault) {
      if (!ABOUT_TIME.has(fault.code)) return false;
      const here = fault.alternatives.filter((each) => each.office_id === officeId);
      await refuse(fault.code === "slot_full" && !here.length ? words.noTimes : fault.message, here);
      return true;
    },
  };
}
