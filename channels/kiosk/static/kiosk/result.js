/** The number, large; then the first screen again, unless the citizen wants to keep looking. */
import { counterName, counterNames } from "/hall-static/naming.js";
import { momentInWords, timeOf } from "/hall-static/times.js";
import { makeCountdown } from "./countdown.js";
import { patience } from "./elder.js";
import { show } from "./screens.js";
import { words } from "./words.js";

const SHOWN_SECONDS = 15;
const MORE_SECONDS = 30;

export function attachResult({ number, line, ahead, where, printed, print, leaving, leavingIn, longer, stay }, { hasPrinter, onLeave }) {
  const countdown = makeCountdown({
    onTick: (seconds) => (leavingIn.textContent = words.leavingIn(seconds)),
    onEnd: onLeave,
  });

  /** `lineOfTicket`: the line it waits in, or undefined where that is not known. */
  function open(ticket, lineOfTicket) {
    number.textContent = ticket.number;
    line.textContent = lineOfTicket?.name ?? "";
    const isCalled = Boolean(ticket.counter) && (ticket.status === "called" || ticket.status === "serving");
    const counters = counterNames(lineOfTicket?.counters ?? []);
    ahead.textContent = isCalled ? "" : placeOf(ticket);
    where.textContent = isCalled
      ? words.goTo(counterName(ticket.counter))
      : counters
        ? words.waitNear(counters)
        : words.waitAnywhere;
    printed.textContent = words.takenAt(momentInWords(Date.now()));
    leaving.hidden = false;
    show("result");
    countdown.start(SHOWN_SECONDS * patience());
    if (hasPrinter) window.print();
  }

  function leave() {
    countdown.stop();
    for (const part of [number, line, ahead, where, printed]) part.textContent = "";
  }

  // Without a printer the browser would open a dialog of its own, from which a screen in the hall does not come back.
  print.hidden = !hasPrinter;
  print.addEventListener("click", () => window.print());
  longer.addEventListener("click", () => countdown.addSeconds(MORE_SECONDS));
  stay.addEventListener("click", () => {
    countdown.stop();
    leaving.hidden = true;
  });
  return { open, leave, isCounting: () => !leaving.hidden };
}

function placeOf({ first_from: firstFrom, ahead, estimated_wait_minutes: minutes }) {
  return firstFrom ? words.early(timeOf(firstFrom)) : words.ahead(ahead, minutes);
}
