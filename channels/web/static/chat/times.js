/** Moments as citizens say them. The hall's clock is Shanghai's, wherever the device is. */

import { words } from "./words.js";

const ZONE = "Asia/Shanghai";
const DAY_MS = 24 * 3600 * 1000;
const READ = new Intl.DateTimeFormat(`${words.locale}-u-ca-gregory-nu-latn`, {
  timeZone: ZONE,
  year: "numeric",
  month: "numeric",
  day: "numeric",
  weekday: "short",
  hour: "numeric",
  minute: "2-digit",
  hourCycle: "h23",
});

/** { day: "2026-11-26", date: "11月26日", weekday: "周四", hour: 9, time: "9:00" } */
export function momentOf(when) {
  const parts = {};
  for (const { type, value } of READ.formatToParts(new Date(when))) parts[type] = value;
  const hour = Number(parts.hour);
  const day = [parts.year, parts.month.padStart(2, "0"), parts.day.padStart(2, "0")].join("-");
  return {
    day,
    date: words.dayOfMonth(Number(parts.month), Number(parts.day)),
    weekday: parts.weekday,
    hour,
    time: `${hour}:${parts.minute.padStart(2, "0")}`,
  };
}

/** 11月26日 周四 9:00—9:30 */
export function periodOf(startsAt, endsAt) {
  const { date, weekday, time } = momentOf(startsAt);
  return `${date} ${weekday} ${time}${endsAt ? `—${momentOf(endsAt).time}` : ""}`;
}

/** 今天, 明天, 后天, or nothing. */
export function nearDay(day, now = Date.now()) {
  return words.nearDays.find((_, ahead) => momentOf(now + ahead * DAY_MS).day === day) ?? "";
}

/** YYYY-MM-DD, so many days from today. */
export function dayAhead(days, now = Date.now()) {
  return momentOf(now + days * DAY_MS).day;
}
