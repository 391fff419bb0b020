/**
 * The conversation, kept in this tab: it survives a reload and ends with the tab.
 * Exchange: { said: {text, shown?, payload?, masked?} | null, outcome, replies, judged: {answerId: useful}, failure, clientId,
 * messageIds, number, isUnanswered }. `clientId` goes out with what was said, so that it is answered once; `messageIds` are the
 * service's, several where the page answered a question by itself; `number` has what was pushed.
 */
import { inThisTab } from "./kept.js";
import { withoutPrivate } from "./private.js";

const KEPT_AS = "transcript";
export const MOST_ENTRIES = 60;

export function openTranscript() {
  let exchanges = readKept();

  return {
    all: () => exchanges,
    add(exchange) {
      exchanges.push(exchange);
      keep();
    },
    keep,
    replace(all) {
      exchanges = all;
      keep();
    },
  };

  function keep() {
    inThisTab.set(KEPT_AS, JSON.stringify(newest(exchanges).map(keepable)));
  }
}

function keepable(exchange) {
  return { ...exchange, replies: exchange.replies.map(withoutPrivate) };
}

/** The newest exchanges that together have at most MOST_ENTRIES entries (an utterance or a reply each). */
export function newest(exchanges) {
  let room = MOST_ENTRIES;
  const kept = [];
  for (const exchange of [...exchanges].reverse()) {
    room -= (exchange.said ? 1 : 0) + exchange.replies.length;
    if (room < 0) break;
    kept.unshift(exchange);
  }
  return kept;
}

function readKept() {
  try {
    const kept = JSON.parse(inThisTab.get(KEPT_AS) || "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
