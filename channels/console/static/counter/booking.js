/** Staff book for somebody who telephones or stands at the counter. What they say about themselves does not stay on the page. */
import { newKey } from "/hall-static/ask.js";
import { make } from "/static/chat/dom.js";
import { momentInWords } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { attachTimes } from "./booking_times.js";
import { factList } from "./facts.js";
import { itemGroups } from "./items.js";
import { sayDone, sayTrouble } from "./notice.js";
import { onSubmit } from "./once.js";
import { words } from "./words.js";

/** `isSomebodyHere`: a clerk is signed in and at a counter. */
export function attachBooking(the, { isSomebodyHere }) {
  const form = the("booking-form");
  const [item, day, trouble, booked] = ["booking-item", "booking-day", "booking-fault", "booked"].map(the);
  const person = { name: the("booking-name"), phone: the("booking-phone"), id_number: the("booking-id-number") };
  const times = attachTimes({ list: the("booking-times"), said: the("booking-times-said"), item, day });
  let place = null;
  /** Raised when the form is emptied: an answer to what was sent before belongs to nobody on the page. */
  let turn = 0;
  /** One key for the form as it is filled in, so that a lost answer asked for again is no second booking. */
  let keyed = { filled: "", key: "" };

  onSubmit(form, send);
  form.addEventListener("input", () => complain(""));
  // A page that the browser keeps for its back button would keep the form too.
  window.addEventListener("pagehide", empty);

  async function send() {
    complain("");
    if (!item.value) return complain(words.chooseItem, item);
    if (!times.chosen()) return times.refuse(words.chooseTime);
    const mine = turn;
    const filled = {
      guide_id: item.value,
      starts_at: times.chosen(),
      ...Object.fromEntries(Object.entries(person).map(([field, input]) => [field, input.value.trim()])),
    };
    const headers = { "Idempotency-Key": keyOf(JSON.stringify(filled)) };
    try {
      const done = await askCounter(`${path(place.office.office_id)}/appointments`, { body: filled, headers });
      if (mine === turn) show(done);
      else if (isSomebodyHere()) sayDone(words.bookedAfterAll(done.code, momentInWords(done.starts_at)));
    } catch (fault) {
      if (mine === turn) await explain(fault);
      else if (isSomebodyHere()) sayTrouble(words.notBooked(fault.message));
    }
  }

  function keyOf(filled) {
    if (keyed.filled !== filled) keyed = { filled, key: newKey() };
    return keyed.key;
  }

  async function explain(fault) {
    if (await times.refusedBy(fault)) return;
    complain(fault.message, person[fault.code.replace(/^bad_/, "")]);
  }

  /** `field`: the one to be put right, where it is one. */
  function complain(sentence, field) {
    trouble.textContent = sentence;
    for (const each of [item, ...Object.values(person)]) each.setAttribute("aria-invalid", String(each === field));
    field?.focus();
  }

  function show({ code, starts_at: startsAt, counter, guide_name: guideName }) {
    empty();
    const facts = [
      [words.item, guideName],
      [words.bookedTime, momentInWords(startsAt)],
      [words.bookedAt, `${place.office.name} ${counter}`],
    ];
    booked.replaceChildren(
      make("h1", { class: "soft", id: "booked-title" }, words.bookedTitle),
      make("p", { class: "number figure", id: "booked-code" }, code),
      factList(facts),
      make("button", { type: "button", class: "main", onclick: another }, words.bookAnother),
    );
    form.hidden = true;
    booked.hidden = false;
    // Not the button: a second press of Enter would take the code away.
    booked.focus();
  }

  function another() {
    empty();
    item.focus();
  }

  function empty() {
    turn += 1;
    keyed = { filled: "", key: "" };
    form.reset();
    complain("");
    times.clear();
    booked.replaceChildren();
    booked.hidden = true;
    form.hidden = false;
  }

  /** `chosen`: office and line; the line's items come first. */
  function open(chosen) {
    if (place === chosen) return times.open(place.office);
    place = chosen;
    const ordered = [place.line, ...place.office.lines.filter((each) => each !== place.line)];
    item.replaceChildren(make("option", { value: "" }, words.chooseAnItem), ...itemGroups(ordered));
    empty();
    times.open(place.office);
  }

  function leave() {
    place = null;
    empty();
  }

  return { open, leave };
}
