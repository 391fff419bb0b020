/** The first screen while the hall is closed: no number without a booking, but when there is one again. */
import { closedInWords, hoursInWords } from "/hall-static/opening.js";
import { words } from "./words.js";

const EVERY_MS = 60_000;

/** `fetchOffice`: () → whether it is open and when. Looks now and then; `look` looks at once. */
export function watchOpening({ heading, checkIn, walkIn, closed }, fetchOffice) {
  let timer = 0;
  look();
  return { look };

  async function look() {
    clearTimeout(timer);
    try {
      show(await fetchOffice());
    } catch {
      // The screen stays as it is; whoever takes a number is told what is wrong.
    }
    clearTimeout(timer);
    timer = setTimeout(look, EVERY_MS);
  }

  function show(office) {
    const sentence = [closedInWords(office), hoursInWords(office)].filter(Boolean).join(" ");
    const isClosed = office.open === false;
    walkIn.hidden = isClosed;
    // In the hour before the hall opens, whoever booked checks in already.
    checkIn.hidden = isClosed && !office.hours_today.length;
    closed.hidden = !isClosed;
    if (closed.textContent !== sentence) closed.textContent = isClosed ? sentence : "";
    heading.textContent = isClosed ? words.welcomeClosed : words.welcome;
  }
}
