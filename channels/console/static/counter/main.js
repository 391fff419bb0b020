/** Puts the counter page together: login, place, desk. */
import { ask } from "/hall-static/ask.js";
import { counterName } from "/hall-static/naming.js";
import { askCounter, whenSignedOut } from "./api.js";
import { attachAppeals } from "./appeals.js";
import { attachBooking } from "./booking.js";
import { attachDesk } from "./desk.js";
import { sayNothing, sayTrouble } from "./notice.js";
import { attachNoShows } from "./no_shows.js";
import { attachNumbers } from "./numbers.js";
import { onSubmit } from "./once.js";
import { attachPack } from "./pack.js";
import { attachPlace } from "./place.js";
import { attachPlanning } from "./planning.js";
import { attachShortcuts } from "./shortcuts.js";
import { attachSlip } from "./slip.js";
import { attachTabs } from "./tabs.js";
import { attachTelling } from "./telling.js";
import { attachTransfer } from "./transfer.js";
import { words } from "./words.js";

const the = (id) => document.getElementById(id);
let here = null;

const showPack = attachPack(the("pack"));
const desk = attachDesk(
  {
    current: the("current"),
    waiting: the("waiting"),
    waitingCount: the("waiting-count"),
    missed: the("missed"),
    missedCount: the("missed-count"),
    today: the("today"),
  },
  {
    moves: the("moves"),
    chooseCounter: attachTransfer({ dialog: the("transfer"), counters: the("transfer-counters"), cancel: the("transfer-cancel") }),
    onDrawn: (seen) => {
      showPack(here.office.office_id, seen.current);
      telling.count(seen.to_tell);
    },
  },
);
const openNumbers = attachNumbers(
  {
    checkIn: the("check-in"),
    code: the("check-in-code"),
    walkIn: the("walk-in"),
    item: the("walk-in-item"),
    given: the("given"),
  },
  { onGiven: desk.look },
);
const planning = attachPlanning(the);
const openAppeals = attachAppeals(the("appeal-list"));
const noShows = attachNoShows({
  form: the("no-show-find"),
  code: the("no-show-code"),
  name: the("no-show-name"),
  phone: the("no-show-phone"),
  list: the("no-show-list"),
});
const isSomebodyHere = () => !tabs.isShown("");
const booking = attachBooking(the, { isSomebodyHere });
const slip = attachSlip(the, { isSomebodyHere });
const telling = attachTelling(
  { list: the("to-tell"), tab: document.querySelector('[data-panel="telling"]') },
  {
    onChange: (code) => {
      tabs.open("booking");
      slip.find(code);
    },
  },
);
const tabs = attachTabs(
  the("tabs"),
  {
    desk: desk.look,
    booking: () => {
      slip.open(here.office);
      return booking.open(here);
    },
    planning: () => planning.open(here.office),
    telling: () => telling.open(here.office),
    appeals: () => {
      noShows.open(here.office);
      return openAppeals(here.office);
    },
  },
  {
    booking: () => {
      booking.leave();
      slip.leave();
    },
    telling: telling.leave,
    appeals: noShows.leave,
  },
);
const place = attachPlace({ form: the("place"), office: the("place-office"), counter: the("place-counter") }, { onChosen: enter });
attachShortcuts({
  moves: the("moves"),
  toggle: the("shortcuts"),
  isAtDesk: () => tabs.isShown("desk"),
  numberNow: () => the("current").querySelector(".number")?.textContent ?? "",
});
whenSignedOut(() => openLogin(words.signedOut));

onSubmit(the("login"), async () => {
  const [name, password, code] = ["login-name", "login-password", "login-code"].map((field) => the(field).value);
  await ask("/api/counter/login", { body: { name, password, code } });
  the("login-password").value = the("login-code").value = "";
  await begin();
});
the("other-place").addEventListener("click", () => {
  leave();
  place.open();
});
the("sign-out").addEventListener("click", async () => {
  try {
    await ask("/api/counter/logout", { method: "POST" });
    openLogin("");
  } catch (fault) {
    sayTrouble(fault.message);
  }
});

async function start() {
  try {
    await ask("/api/counter/me");
  } catch (fault) {
    return openLogin(fault.status === 401 ? "" : fault.message);
  }
  await begin().catch((fault) => sayTrouble(fault.message));
}

async function begin() {
  const { offices } = await askCounter("/offices");
  the("login").hidden = true;
  the("account").hidden = false;
  const remembered = place.remembered(offices);
  if (remembered) enter(remembered);
  else place.open();
}

function enter(chosen) {
  here = chosen;
  the("place").hidden = true;
  sayNothing();
  the("where").textContent = `${here.office.name} · ${counterName(here.counter)} · ${here.line.name}`;
  desk.open(here);
  planning.watch(here.office);
  tabs.open("desk");
  openNumbers(here.office, here.line);
}

function leave() {
  desk.close();
  tabs.close();
  planning.close();
  sayNothing();
  the("where").textContent = "";
}

function openLogin(sentence) {
  leave();
  if (the("transfer").open) the("transfer").close();
  the("place").hidden = true;
  the("account").hidden = true;
  the("login").hidden = false;
  if (sentence) sayTrouble(sentence);
  the("login-password").focus();
}

start();
