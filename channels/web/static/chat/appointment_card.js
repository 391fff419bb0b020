/**
 * An appointment: what, when, where, and all that can be done with it. Drawn at once from what is known, then as the
 * service has it now.
 */
import { appealForm } from "./appeal.js";
import { icon, make } from "./dom.js";
import { packOf } from "./pack.js";
import { ratingOf } from "./rating.js";
import { ticketCard } from "./ticket_card.js";
import { dayAhead, momentOf } from "./times.js";
import { actionsOf } from "./visit_actions.js";
import { qrAndCode, visitFacts } from "./visit_facts.js";
import { fetchAppointment, fetchTicket } from "./visits_api.js";
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
  show(appointment);
  if (!isCurrent) refresh();
  return element;

  /** What cannot be had now is tried again when the panel is opened or the page comes back. */
  async function refresh() {
    try {
      show(await fetchAppointment(appointment.code));
    } catch {
      // What was said of it still stands there.
    }
  }

  function show(now) {
    appointment = { ...appointment, ...now };
    heading.textContent = appointment.guide_name;
    element.setAttribute("aria-label", words.appointmentOf(appointment.guide_name));
    showStatus(appointment.status);
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

  /** The queue moved. Whoever is about to press something here keeps it under the finger. */
  function onMoved({ status }) {
    if (body.contains(document.activeElement)) showStatus(status);
    else refresh();
  }

  /** Saved; nothing to draw anew. */
  function keep(now) {
    appointment = { ...appointment, ...now };
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
  }
}

/** A missed one may still be called after all, on its day. */
function hasTicket({ status, starts_at: startsAt }) {
  return HAS_TICKET.has(status) || (status === "missed" && Boolean(startsAt) && momentOf(startsAt).day === dayAhead(0));
}
