/** When the office works, for those who come while it does not. */
import { dateOf, momentInWords, timeOf } from "./times.js";
import { words } from "./words.js";

/** 今天不上班。6月8日 周一 09:00 开门。 Empty while it is open, and where the service did not say. */
export function closedInWords({ open, hours_today: today = [], opens_at: opensAt = null }) {
  if (open !== false) return "";
  const opensToday = opensAt && today.length && dateOf(opensAt) === dateOf(today[0].opens);
  if (opensToday) return words.opensToday(timeOf(opensAt));
  const next = opensAt ? words.opensAt(momentInWords(opensAt)) : "";
  return (today.length ? words.overForToday : words.closedToday) + next;
}

/** 今天 09:00—12:00、13:30—17:00, or nothing on a day on which nobody works. */
export function hoursInWords({ hours_today: today = [] }) {
  return today.length ? words.today(today.map(({ opens, closes }) => `${timeOf(opens)}—${timeOf(closes)}`)) : "";
}
