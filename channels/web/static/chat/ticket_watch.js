/**
 * Where a ticket stands, asked every five seconds until the visit is over, less often while nobody looks. All views of
 * one ticket share the asking. A call draws attention and stands in the title of the page.
 */
import { callAttention, endAttention } from "./attention.js";
import { fetchTicket } from "./visits_api.js";
import { windowName, words } from "./words.js";

const EVERY_MS = 5000;
const HIDDEN_MS = 10_000;
const OVER = new Set(["finished", "cancelled"]); // a missed one may be called after all
const usualTitle = document.title;
const watched = new Map(); // code → { views, timer, last, called }

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) for (const code of watched.keys()) askSoon(code, 0);
});

export const isOver = ({ status }) => OVER.has(status);

/** `show(ticket)` is called with every change, as long as `element` is in the page. `isCurrent`: `first` is fresh. */
export function watchTicket(element, show, first, isCurrent) {
  const { code } = first;
  const watch = watched.get(code) ?? { views: new Set(), timer: 0, last: null, called: "" };
  watched.set(code, watch);
  watch.views.add({ element, show });
  if (isCurrent) take(watch, first);
  else if (watch.last) show(watch.last);
  askSoon(code, isCurrent ? EVERY_MS : 0);
}

/** Whatever shows tickets inside `area` will not be seen again. */
export function stopWatchingIn(area) {
  for (const { views } of watched.values()) {
    for (const view of views) if (area.contains(view.element)) views.delete(view);
  }
}

function askSoon(code, waitMs = document.hidden ? HIDDEN_MS : EVERY_MS) {
  const watch = watched.get(code);
  clearTimeout(watch.timer);
  watch.timer = setTimeout(() => ask(code, watch), waitMs);
}

async function ask(code, watch) {
  if (watch.views.size === 0) return forget(code);
  if ([...watch.views].some(({ element }) => element.isConnected)) {
    try {
      take(watch, await fetchTicket(code));
    } catch (refused) {
      if (refused.status === 401 || refused.status === 404) return forget(code);
    }
    if (watch.last && isOver(watch.last)) return forget(code);
  }
  if (watched.get(code) === watch) askSoon(code);
}

function take(watch, ticket) {
  const before = JSON.stringify(watch.last);
  watch.last = ticket;
  watch.called = ticket.status === "called" ? ticket.counter : "";
  if (before !== JSON.stringify(ticket)) for (const { show } of watch.views) show(ticket);
  if (!watch.called) endAttention(ticket);
  else if (before !== JSON.stringify(ticket)) callAttention({ ...ticket, sentence: sentenceOf(ticket) });
  showTitle();
}

function sentenceOf({ counter, number, calls }) {
  const sentence = words.comeTo(windowName(counter), number);
  return calls > 1 ? words.comeAgain(calls, sentence) : sentence;
}

function forget(code) {
  const { last } = watched.get(code);
  watched.delete(code);
  if (last) endAttention(last);
  showTitle();
}

function showTitle() {
  const called = [...watched.values()].map(({ called: counter }) => counter).find(Boolean);
  document.title = called ? words.calledTitle(windowName(called)) : usualTitle;
}
