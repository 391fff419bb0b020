/** 我的: bookings ahead, lists, and the conversation to go on with. A newcomer has none, and is shown nothing. */
import { wasKnown } from "../chat/acquaintance.js";
import { fetchMessages } from "../chat/api.js";
import { make } from "../chat/dom.js";
import { periodOf } from "../chat/times.js";
import { fetchAppointments } from "../chat/visits_api.js";
import { words } from "../chat/words.js";

const ENDED = new Set(["finished", "missed", "cancelled"]);
const MOST_LOOKED_THROUGH = 60;
const MOST_SHOWN = 3;

export async function showMine(section, list) {
  if (!wasKnown()) return;
  const [appointments, messages] = await Promise.all([
    fetchAppointments().catch(() => []),
    fetchMessages(MOST_LOOKED_THROUGH).catch(() => []),
  ]);
  const ahead = appointments.filter(({ status }) => !ENDED.has(status)).slice(0, MOST_SHOWN);
  const cards = [
    ...ahead.map((visit) => card("/chat#visits", words.appointmentOf(visit.guide_name), periodOf(visit.starts_at))),
    ...listsIn(messages).map(({ page_url: page, title }) => card(page, title, words.myList)),
    ...lastSaid(messages).map((said) => card("/chat", words.goOn, said)),
  ];
  list.replaceChildren(...cards);
  section.hidden = !cards.length;
}

/** The newest of each, newest first. */
function listsIn(messages) {
  const lists = messages.map(({ reply }) => reply).filter((reply) => /^\/checklists\/[\w-]+$/.test(reply?.page_url ?? ""));
  const newest = new Map(lists.map((each) => [each.checklist_id, each]));
  return [...newest.values()].reverse().slice(0, MOST_SHOWN);
}

/** What it was about last: in her words, or by the name of what was tapped. Nothing where nothing is kept. */
function lastSaid(messages) {
  const about = messages.map(({ who, text, reply }) => (who === "citizen" && text) || reply?.guide_name).filter(Boolean);
  return messages.length ? [about[about.length - 1] ?? ""] : [];
}

function card(address, name, about) {
  return make("li", {}, make("a", { class: "card", href: address }, make("span", { class: "card-name" }, name), make("span", { class: "quiet" }, about)));
}
