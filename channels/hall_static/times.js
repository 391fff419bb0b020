/** Days and times as people say them, in the hall's time zone wherever the screen stands. */
import { words } from "./words.js";

const zone = { timeZone: "Asia/Shanghai" };
const clock = new Intl.DateTimeFormat("zh-CN", { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });

/** 09:30 */
export const timeOf = (moment) => clock.format(new Date(moment));

/** YYYY-MM-DD */
export const dateOf = (moment) => date.format(new Date(moment));

export const today = () => dateOf(Date.now());

/** `day`: YYYY-MM-DD. 11月26日 周四 */
export function dayInWords(day) {
  const [, month, number] = day.split("-").map(Number);
  return words.day(month, number, new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** 11月26日 周四 09:30 */
export const momentInWords = (moment) => `${dayInWords(dateOf(moment))} ${timeOf(moment)}`;

export function addDays(day, count) {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + count);
  return moved.toISOString().slice(0, 10);
}

/** What a field of type datetime-local holds, as the service wants it. */
export const atHall = (local) => `${local.slice(0, 16)}:00+08:00`;
