/**
 * An appointment: what, when, where, and all that can be done with it. Drawn at once from what is known, then as the
 * service has it now, and anew whenever something has become of it.
 */
import { appealForm } from "./appeal.js";
import { icon, make } from "./dom.js";
import { packOf } from "./pack.js";
import { ratingOf } from "./rating.js";
import { ticketCard } from "./ticket_card.js";
import { dayAhead, momentOf } from "./times.js";
import { actionsOf } from "./visit_actions.js";
import { qrAndCode, visitFacts } from "./visit_facts.js";
import { askForNews, hearNews, tellNews } from "./visit_news.js";
import { fetchTicket } from "./visits_api.js";
import { words } from "./words.js";

const HAS_TICKET = new Set(["checked_in", "called", "serving"]);

/** `isCurrent`: the service has just said so. */
export function appointmentCard(appointment, { isCurrent = false } = {}) {
  const heading = make("h3", { tabindex: "-1" });
  const badge = make("span", { class: "badge" });
  const body = make("div", { class: "visit-body" });
  const said = make("p", { class: "visit-said", "aria-live": "polite" });
  const element = make(
    "article",
    { class: "visit", "aria-live": "off" },
    make("header", { class: "visit-head" }, heading, badge),
    said,
    body,
  );
  let pack = null;
  let ticketPlace = null;
  let hasAppealed = false;
  /** What came while somebody was at it here. */
  let awaiting = null;
  show(appointment);
  hearNews(element, appointment.code, learn);
  element.addEventListener("focusout", () => setTimeout(() => awaiting && learn(awaiting)));
  if (!isCurrent) askForNews();
  return element;

  /** Something has become of it, here or elsewhere. The keyboard stays at this card. */
  function learn(now) {
    const next = { ...appointment, ...now };
    awaiting = null;
    if (JSON.stringify(next) === JSON.stringify(appointment)) return;
    if (isAtWork() && next.status === appointment.status) return void (awaiting = now);
    const wasHere = body.contains(document.activeElement);
    show(next);
    if (wasHere) heading.focus({ preventScroll: true });
  }

  /** Somebody writes, or thinks about something that was opened. */
  function isAtWork() {
    return Boolean(body.querySelector(".drawer > *, textarea:focus, input:not([type=checkbox]):focus"));
  }

  function show(now) {
    appointment = { ...appointment, ...now };
    heading.textContent = appointment.guide_name;
    element.setAttribute("aria-label", words.appointmentOf(appointment.guide_name));
    showStatus(appointment.status);
    element.dataset.status = appointment.status;
    element.toggleAttribute("data-is-today", isToday(appointment));
    said.textContent = "";
    pack = packOf(appointment, { isOpen: pack?.open ?? false, onSaved: keep });
    body.replaceChildren(...parts().filter(Boolean));
  }

  function showStatus(status) {
    badge.textContent = words.status[status] ?? "";
    badge.dataset.status = status;
  }

  function parts() {
    const { status, can = {}, needs_new_time: needsNewTime } = appointment;
    return [
      visitFacts(appointment),
      needsNewTime ? make("p", { class: "visit-warning" }, icon("warning"), words.needsNewTime) : null,
      hasTicket(appointment) ? (ticketPlace ??= placeForTicket()) : (ticketPlace = null),
      status === "booked" && !needsNewTime ? qrAndCode(appointment) : null,
      actionsOf(appointment, { onDone: done }),
      pack,
      can.rate || appointment.rated ? ratingOf(appointment, { onDone: done }) : null,
      can.appeal && !hasAppealed ? appealForm(appointment, { onDone: appealed }) : null,
    ];
  }

  function placeForTicket() {
    const place = make("div", {});
    fetchTicket(appointment.code).then(
      (ticket) => place.replaceChildren(ticketCard(ticket, { isCurrent: true, onMoved })),
      () => {}, // none was drawn
    );
    return place;
  }

  /** The queue moved. */
  function onMoved({ status }) {
    showStatus(status);
    askForNews();
  }

  /** Saved; nothing to draw anew here. */
  function keep(now) {
    appointment = { ...appointment, ...now };
    tellNews(now);
  }

  function appealed(now, sentence) {
    hasAppealed = true;
    done(now, sentence);
  }

  /** The citizen did something: the keyboard stays at this card, and the sentence is heard. */
  function done(now, sentence) {
    show(now);
    heading.focus();
    said.textContent = sentence;
    tellNews(now);
  }
}

/** A missed one may still be called after all, on its day. */
function hasTicket(appointment) {
  return HAS_TICKET.has(appointment.status) || (appointment.status === "missed" && isToday(appointment));
}

function isToday({ starts_at: startsAt }) {
  return Boolean(startsAt) && momentOf(startsAt).day === dayAhead(0);
}
