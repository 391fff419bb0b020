/** What staff booked for somebody, found by its code: moved or cancelled when they telephone again. */
import { make } from "/static/chat/dom.js";
import { dateOf, momentInWords } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { attachTimes } from "./booking_times.js";
import { factList } from "./facts.js";
import { sayDone, sayTrouble } from "./notice.js";
import { askBack, onSubmit } from "./once.js";
import { words } from "./words.js";

const CAN_MOVE = new Set(["booked"]);
const CAN_CANCEL = new Set(["booked", "checked_in"]);

/** `isSomebodyHere`: a clerk is signed in and at a counter. */
export function attachSlip(the, { isSomebodyHere }) {
  const [find, code, trouble, shown] = ["slip-find", "slip-code", "slip-fault", "slip"].map(the);
  const [move, item, day] = ["slip-move", "slip-item", "slip-day"].map(the);
  const times = attachTimes({ list: the("slip-times"), said: the("slip-times-said"), item, day });
  let office = null;
  /** The slip on the page. */
  let found = null;
  /** Raised when the slip is taken off the page: an answer about it is not for what stands there now. */
  let turn = 0;

  onSubmit(find, look);
  onSubmit(move, reschedule);
  the("slip-keep").addEventListener("click", () => {
    closeTimes();
    shown.focus();
  });
  code.addEventListener("input", () => complain(""));
  // A page that the browser keeps for its back button would keep the code too.
  window.addEventListener("pagehide", empty);

  async function look() {
    clear();
    const typed = bare(code.value);
    if (!typed) return complain(words.typeCode, true);
    const mine = turn;
    try {
      const slip = await askCounter(addressOf(typed));
      if (mine === turn) show(slip);
    } catch (fault) {
      if (mine === turn) complain(fault.message, true);
    }
  }

  function reschedule() {
    if (!times.chosen()) return times.refuse(words.chooseTime);
    const wanted = { body: { starts_at: times.chosen() } };
    return change("/reschedule", wanted, (slip) => words.slipMoved(momentInWords(slip.starts_at)));
  }

  const cancel = () => change("", { method: "DELETE" }, () => words.slipCancelled);

  /** `done`: what to say of the slip as it then is. */
  async function change(door, asked, done) {
    complain("");
    const mine = turn;
    const changed = found.code;
    try {
      const slip = await askCounter(`${addressOf(bare(changed))}${door}`, asked);
      if (mine === turn) show(slip, done(slip));
      else if (isSomebodyHere()) sayDone(words.slipOffPage(changed, done(slip)));
    } catch (fault) {
      if (mine !== turn) return isSomebodyHere() && sayTrouble(words.slipOffPage(changed, words.slipUnchanged(fault.message)));
      if (!(await times.refusedBy(fault))) complain(fault.message);
    }
  }

  /** `said`: what was done just now. */
  function show(slip, said = "") {
    clear();
    found = slip;
    const needsNewTime = slip.needs_new_time && CAN_MOVE.has(slip.status);
    const facts = [
      [words.item, slip.guide_name],
      [words.bookedTime, momentInWords(slip.starts_at)],
      [words.bookedAt, `${office.name} ${slip.counter}`],
      [words.slipState, words.slipStates[slip.status] ?? slip.status],
    ];
    shown.replaceChildren(
      make("h3", { class: "figure", id: "slip-found" }, slip.code),
      factList(facts),
      needsNewTime ? make("p", { class: "fault" }, words.needsNewTime) : "",
      said && make("p", { class: "said", role: "status" }, said),
      make("div", { class: "row" }, ...buttonsFor(slip.status, needsNewTime)),
    );
    shown.hidden = false;
    shown.focus();
  }

  function buttonsFor(status, needsNewTime) {
    const moving = make("button", { type: "button", class: needsNewTime ? "main" : null, onclick: openTimes }, words.moveSlip);
    const cancelling = askBack(make("button", { type: "button" }, words.cancelSlip), words.cancelSlipSure, cancel);
    return [CAN_MOVE.has(status) ? moving : null, CAN_CANCEL.has(status) ? cancelling : null].filter(Boolean);
  }

  function openTimes() {
    complain("");
    item.value = found.guide_id;
    times.clear(dateOf(found.starts_at));
    move.hidden = false;
    times.open(office);
    day.focus();
  }

  function closeTimes() {
    move.hidden = true;
    item.value = "";
    times.clear();
  }

  /** `isAboutCode`: it is the code that has to be put right. */
  function complain(sentence, isAboutCode = false) {
    trouble.textContent = sentence;
    code.setAttribute("aria-invalid", String(isAboutCode));
    if (isAboutCode) code.focus();
  }

  /** Takes the slip off the page. */
  function clear() {
    turn += 1;
    found = null;
    complain("");
    closeTimes();
    shown.replaceChildren();
    shown.hidden = true;
  }

  function empty() {
    clear();
    find.reset();
  }

  function open(chosen) {
    if (office === chosen) return;
    office = chosen;
    empty();
  }

  function leave() {
    office = null;
    empty();
  }

  /** In the office that is open. */
  function findCode(wanted) {
    code.value = wanted;
    find.requestSubmit();
  }

  const addressOf = (typed) => `${path(office.office_id)}/appointments${path(typed)}`;

  return { open, leave, find: findCode };
}

/** A code as it can stand in an address, however it was typed. */
const bare = (typed) => typed.normalize("NFKC").replace(/[^\w:]/g, "").toUpperCase();
