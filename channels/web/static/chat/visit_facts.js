/** When and where, who comes, and the code that opens the visit at the hall. */
import { make } from "./dom.js";
import { momentOf, nearDay, periodOf } from "./times.js";
import { words } from "./words.js";

export function visitFacts(appointment) {
  const { starts_at: startsAt, ends_at: endsAt, office_name: office, address, counter, person, status } = appointment;
  const near = startsAt ? nearDay(momentOf(startsAt).day) : "";
  const rows = [
    startsAt ? [words.when, make("strong", { class: "moment" }, ...inParts(periodOf(startsAt, endsAt))), near && status === "booked" ? `（${near}）` : ""] : null,
    [words.where, office, address ? make("span", { class: "visit-address" }, address) : null],
    counter ? [words.counter, counter] : null,
    person ? [words.whoComes, inWords(person)] : null,
    status === "held" && appointment.held_until ? [words.heldUntil, momentOf(appointment.held_until).time] : null,
  ];
  return make("dl", { class: "visit-facts" }, ...rows.filter(Boolean).map(([name, ...told]) => make("div", {}, make("dt", {}, name), make("dd", {}, ...told))));
}

export function qrAndCode({ code, qr_url: address, status }) {
  const image = address && status === "booked" ? make("img", { src: address, alt: words.qr, width: "168", height: "168" }) : null;
  image?.addEventListener("error", () => image.remove()); // the code alone is enough at the hall
  return make(
    "div",
    { class: "visit-code" },
    image,
    make("div", {}, make("p", { class: "caption" }, words.code), make("p", { class: "code" }, ...inFives(code)), make("p", { class: "caption" }, words.codeIsFor)),
  );
}

/** Groups by their own elements: copied or read out, the code has no blanks in it. */
export function inFives(code) {
  return (code.match(/.{1,5}/gu) ?? []).map((group) => make("span", {}, group));
}

/** A line ends between day, weekday and time, not within one of them. */
function inParts(period) {
  return period.split(" ").flatMap((part, place) => [place ? " " : null, make("span", {}, part)]);
}

function inWords(person) {
  if (typeof person === "string") return person;
  return [person.name, person.phone, person.id_number].filter(Boolean).join("  ");
}
