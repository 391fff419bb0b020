/**
 * What has become of the citizen's visits, told to every card on the page: one from an hour ago shows how it stands now.
 * Asked for when something may have happened, in one request for all cards.
 */
import { fetchAppointments } from "./visits_api.js";

const CARD = "article.visit";
const MAY_CHANGE = `${CARD}:not([data-status="finished"], [data-status="cancelled"])`;
/** At the hall's kiosk nothing is told to this page: on the day of the visit it looks by itself. */
const AWAITED = `${CARD}[data-status="booked"][data-is-today]`;
const EVERY_MS = 30_000;

let isAsking = false;
let isWanted = false;

document.addEventListener("visibilitychange", () => document.hidden || askForNews());
addEventListener("online", askForNews);
setInterval(() => !document.hidden && document.querySelector(AWAITED) && askForNews(), EVERY_MS);

/** `onNews(appointment)`: how it stands now, if it is the one of that code. */
export function hearNews(card, code, onNews) {
  card.addEventListener("news", ({ detail }) => detail.code === code && onNews(detail));
}

/** The service has just said so. */
export function tellNews(appointment) {
  for (const card of document.querySelectorAll(CARD)) card.dispatchEvent(new CustomEvent("news", { detail: appointment }));
}

/** What cannot be had now is asked for the next time. */
export async function askForNews() {
  isWanted = true;
  if (isAsking) return;
  isAsking = true;
  await null; // a card that asks is put on the page first
  while (isWanted && document.querySelector(MAY_CHANGE)) {
    isWanted = false;
    (await fetchAppointments().catch(() => [])).forEach(tellNews);
  }
  isAsking = false;
}
