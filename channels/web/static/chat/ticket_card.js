/** A ticket: its number in large type, how many stand before it, where to go. It follows the queue by itself. */
import { make } from "./dom.js";
import { askToNotify, canNotify } from "./notifying.js";
import { isOver, watchTicket } from "./ticket_watch.js";
import { momentOf } from "./times.js";
import { checkIn } from "./visits_api.js";
import { windowName, words } from "./words.js";

/** `isCurrent`: the service has just said so. `onMoved(ticket)`: its status is another now. */
export function ticketCard(ticket, { isCurrent = false, onMoved } = {}) {
  const number = make("p", { class: "ticket-number" }, ticket.number);
  const place = make("p", { class: "ticket-place" });
  const facts = make("p", { class: "ticket-facts" });
  const back = make("button", { type: "button", class: "primary", hidden: true, onclick: queueAgain }, words.iAmBack);
  const tell = make("button", { type: "button", class: "plain", hidden: true, onclick: askWhetherToTell }, words.tellMe);
  const told = make("p", { class: "note", "aria-live": "polite" });
  const element = make(
    "div",
    { class: "ticket", role: "group", "aria-label": words.ticketOf(ticket.number), "aria-live": "off" },
    make("p", { class: "caption" }, words.yourNumber, ticket.office_name ? ` · ${ticket.office_name}` : ""),
    number,
    place,
    facts,
    back,
    tell,
    told,
  );
  let status = ticket.status;
  show(ticket);
  if (!isOver(ticket)) watchTicket(element, show, ticket, isCurrent);
  return element;

  function show(now) {
    element.dataset.status = now.status;
    number.textContent = now.number;
    place.textContent = placeOf(now);
    facts.textContent = factsOf(now);
    facts.hidden = !facts.textContent;
    back.hidden = now.status !== "missed";
    tell.hidden = now.status !== "checked_in" || !canNotify();
    if (now.status !== status) {
      status = now.status;
      onMoved?.(now);
    }
  }

  async function askWhetherToTell() {
    told.textContent = (await askToNotify()) ? words.willTell : words.noNotices;
    tell.hidden = !canNotify();
  }

  async function queueAgain() {
    if (back.getAttribute("aria-busy") === "true") return;
    back.setAttribute("aria-busy", "true");
    try {
      show(await checkIn(ticket.code));
    } catch (refused) {
      facts.textContent = refused.message;
    }
    back.setAttribute("aria-busy", "false");
  }
}

function placeOf({ status, counter, ahead, first_from: firstFrom }) {
  if (status === "called") return words.pleaseCome(windowName(counter));
  if (status === "serving") return words.servedAt(windowName(counter));
  if (status === "checked_in" && firstFrom) return words.firstFrom(momentOf(firstFrom).time);
  if (status === "checked_in") return ahead > 0 ? words.ahead(ahead) : words.next;
  return words.status[status] ?? "";
}

function factsOf({ status, estimated_wait_minutes: minutes, first_from: firstFrom }) {
  if (status === "checked_in" && firstFrom) return `${words.maybeSooner}${words.updatesItself}`;
  if (status === "checked_in") return `${words.estimate(minutes)}${words.updatesItself}`;
  if (status === "missed") return words.missedTicket;
  return "";
}
