/** The visitor's own appointments, at the service's doors. */
import { Refused, call } from "./api.js";
import { callersHeaders } from "./caller.js";
import { inLanguage } from "./language.js";
import { words } from "./words.js";

/** In the language of the page. */
const at = (code, rest = "") => inLanguage(`/api/appointments/${encodeURIComponent(code)}${rest}`);

export async function fetchAppointments() {
  return (await call(inLanguage("/api/appointments"))).appointments;
}

export function fetchAppointment(code) {
  return call(at(code));
}

/** Of all days that can be booked. Full openings are among them. */
export async function fetchOpenings(guideId, officeId) {
  const asked = new URLSearchParams({ guide_id: guideId, office_id: officeId, full: "true" });
  return (await call(`/api/appointments/openings?${asked}`)).openings;
}

export function cancelAppointment(code) {
  return call(at(code), { method: "DELETE" });
}

export function moveAppointment(code, startsAt) {
  return call(at(code, "/reschedule"), { body: { starts_at: startsAt } });
}

export async function checkIn(code) {
  return (await call(at(code, "/check-in"), { method: "POST" })).ticket;
}

export async function fetchTicket(code) {
  return (await call(at(code, "/ticket"))).ticket;
}

export function keepTicked(code, names) {
  return call(at(code, "/pack"), { method: "PUT", body: { ticked: names } });
}

export function keepConsent(code, share) {
  return call(at(code, "/consent"), { method: "PUT", body: { share } });
}

/** `score`: 1 very satisfied … 5 very dissatisfied. */
export function rate(code, score, comment) {
  return call(at(code, "/rating"), { body: { score, ...(comment ? { comment } : {}) } });
}

export function appeal(code, reason) {
  return call(at(code, "/appeal"), { body: { reason } });
}

export async function fetchWishes() {
  return (await call(inLanguage("/api/appointments/waiting-list"))).wishes;
}

export function withdrawWish(wishId) {
  return call(inLanguage(`/api/appointments/waiting-list/${encodeURIComponent(wishId)}`), { method: "DELETE" });
}

/** Hands the calendar file to the browser. A link alone would come without the page header. */
export async function downloadCalendar({ code, calendar_url: address }) {
  let file;
  try {
    const response = await fetch(address, { headers: callersHeaders(), credentials: "same-origin" });
    if (!response.ok) throw new Refused(response.status, words.noCalendar);
    file = await response.blob();
  } catch (fault) {
    throw fault instanceof Refused ? fault : new Refused(0, words.noCalendar);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `wenban-${code.slice(-4)}.ics`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
