/** Puts the touch screen together. */
import { ask, newKey } from "/hall-static/ask.js";
import { watchEmergency } from "/hall-static/emergency.js";
import { timeOf } from "/hall-static/times.js";
import { inLanguage } from "/static/chat/language.js";
import { attachCodeEntry } from "./code_entry.js";
import { attachElderMode, isElder } from "./elder.js";
import { watchIdleness } from "./idle.js";
import { watchOpening } from "./opening.js";
import { attachReading } from "./reading.js";
import { attachResult } from "./result.js";
import { goBack, sayTrouble, show, showFirst, shownScreen } from "./screens.js";
import { attachSetUp } from "./set_up.js";
import { isForeign, leaveForeign } from "./tongue.js";
import { attachWalkIn } from "./walk_in.js";

const the = (id) => document.getElementById(id);
watchEmergency();
const { office: officeId, region, printer, idle } = document.body.dataset;
const office = `/api/kiosk/${encodeURIComponent(officeId)}`;
const hasPrinter = printer === "yes";

let lines = [];
/** The screen that stands there for the next citizen: `home`, or `set-up` for want of the kiosk's key. */
let first = "home";
/** While a number is on its way nobody leaves: it would be called, and nobody would know it. */
let isBusy = false;
/** Stays the same while one item is tried again, so that a lost answer does not cost a second number. */
let walkIn = { guideId: "", key: "" };

const result = attachResult(
  {
    number: the("ticket-number"),
    line: the("ticket-line"),
    ahead: the("ticket-ahead"),
    where: the("ticket-where"),
    printed: the("ticket-printed"),
    print: the("print"),
    leaving: the("leaving"),
    leavingIn: the("leaving-in"),
    longer: the("stay-longer"),
    stay: the("stay"),
  },
  { hasPrinter, onLeave: goHome },
);
const codeEntry = attachCodeEntry(
  { shown: the("code"), keys: the("keys"), clear: the("clear-code"), send: the("send-code") },
  {
    isListening: () => first === "home",
    onScanning: () => {
      if (shownScreen() !== "check-in") openCheckIn();
    },
    onCode: checkIn,
    onTrouble: (sentence) => sayTrouble(the("check-in-trouble"), sentence),
  },
);
const setUp = attachSetUp(
  { form: the("set-up-form"), key: the("kiosk-key"), trouble: the("set-up-trouble") },
  { onDone: () => openFirst("home") },
);
const chooser = attachWalkIn(
  {
    tiles: the("line-tiles"),
    trouble: the("lines-trouble"),
    again: the("lines-again"),
    items: the("item-tiles"),
    itemsLine: the("items-line"),
    back: the("back-to-lines"),
  },
  { fetchOffice, onItem: takeNumber },
);

const reading = attachReading({ region, hasPrinter, onCode: checkIn, ticketFor });

const elderMode = attachElderMode(the("elder-mode"));
const opening = watchOpening(
  { heading: the("home").querySelector("h1"), checkIn: the("to-check-in"), walkIn: the("to-walk-in"), closed: the("closed") },
  fetchOffice,
);

async function fetchOffice() {
  const now = await ask(inLanguage(office));
  lines = now.lines;
  return now;
}

function openCheckIn() {
  if (isBusy) return;
  leaveEverything();
  show("check-in");
}

function checkIn(code) {
  if (shownScreen() !== "check-in") openCheckIn();
  return once(the("check-in-trouble"), () => ask(inLanguage(`${office}/check-in`), { body: { code } }));
}

function takeNumber(guideId) {
  if (walkIn.guideId !== guideId) walkIn = { guideId, key: newKey() };
  const headers = { "Idempotency-Key": walkIn.key };
  return once(the("items-trouble"), () => ask(inLanguage(`${office}/tickets`), { body: { guide_id: guideId }, headers }));
}

/** Null: this hall gives no number for it now. */
function ticketFor(guideId) {
  const line = lines.find(({ open, items }) => open && items.some((item) => item.guide_id === guideId));
  return line && (() => {
    chooser.openItems(line);
    takeNumber(guideId);
  });
}

/** A double tap does nothing twice. `take`: () → what holds the ticket. */
async function once(trouble, take) {
  if (isBusy) return;
  isBusy = true;
  document.body.setAttribute("aria-busy", "true");
  sayTrouble(trouble, "");
  try {
    const { ticket } = await take();
    const line = lineOf(ticket) ?? (await fetchOffice().then(() => lineOf(ticket), () => undefined));
    leaveEverything();
    result.open(ticket, line);
  } catch (fault) {
    if (fault.code === "no_kiosk_key") openFirst("set-up");
    else sayTrouble(trouble, fault.message);
  } finally {
    isBusy = false;
    document.body.removeAttribute("aria-busy");
  }
}

function isResting() {
  if (shownScreen() === "result") return result.isCounting();
  return shownScreen() === first && !setUp.isBegun() && !isElder() && !isForeign;
}

const lineOf = (ticket) => lines.find((line) => ticket.number.startsWith(line.letter));

function goHome() {
  if (isBusy) return;
  elderMode.leave();
  openFirst(first);
  leaveForeign({ farewell: reading.farewell, isFree: () => shownScreen() === first });
}

function openFirst(screen) {
  first = screen;
  leaveEverything();
  showFirst(first);
  opening.look();
}

function leaveEverything() {
  walkIn = { guideId: "", key: "" };
  codeEntry.empty();
  chooser.leave();
  result.leave();
  setUp.leave();
  reading.leave();
  sayTrouble(the("items-trouble"), "");
}

the("to-check-in").addEventListener("click", openCheckIn);
the("to-walk-in").addEventListener("click", () => chooser.open());
the("to-find").addEventListener("click", () => reading.open());
for (const button of document.querySelectorAll(".go-back")) button.addEventListener("click", goBack);
for (const button of document.querySelectorAll(".to-home")) button.addEventListener("click", goHome);
watchIdleness(
  { dialog: the("idle"), left: the("idle-in"), stay: the("idle-stay"), leave: the("idle-leave") },
  { quiet: idle, isResting, onLeave: goHome },
);
// Back from another page, as it was left: whoever was here is not.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  isBusy = false;
  the("idle").close();
  goHome();
});
document.addEventListener("contextmenu", (event) => event.preventDefault());
const showTime = () => (the("clock").textContent = timeOf(Date.now()));
showTime();
setInterval(showTime, 5000);
if (await setUp.isNeeded()) openFirst("set-up");
