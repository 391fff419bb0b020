/**
 * The conversation as the service keeps it: whatever this tab does not know yet (another tab, another device, an answer
 * that a reload cut off) takes its place in the order in which it was said.
 */
import { isTick } from "./ticks.js";
import { words } from "./words.js";

/** A solved puzzle: proof.js sends it without a word, and what comes back belongs to what was said before. */
const BY_THE_PAGE_ITSELF = /^\/give_details\{.*"value": ?"\d+\.[0-9a-f]{16,}"/;

/** The list of that id among the replies. */
export function listIn(replies, id) {
  return replies.find(({ type, checklist_id: its }) => type === "checklist" && its === id);
}

/**
 * `messages`: [{id, who, text, payload, reply, message_id}], oldest first. `known`: this tab's exchanges. Returns all
 * exchanges in order, or null where nothing is new. A known one stays the very same object.
 */
export function resumed(messages, known) {
  const kept = asExchanges(messages);
  const own = new Map(known.flatMap((exchange) => keysOf(exchange).map((key) => [key, exchange])));
  const twinOf = (exchange) => keysOf(exchange).map((key) => own.get(key)).find(Boolean);
  if (kept.every(twinOf)) return kept.length || !known.some(({ messageIds }) => messageIds) ? null : [];
  const merged = new Set(kept.map((exchange) => twinOf(exchange) ?? exchange));
  // The page's own remarks go. What is not answered comes last; but of a message whose text is not kept on this page
  // nothing more can be told than what is there now.
  const unanswered = known.filter((exchange) => !merged.has(exchange) && exchange.failure && !exchange.said.masked);
  return [...merged, ...unanswered];
}

function asExchanges(messages) {
  const exchanges = [];
  const ticked = new Map(); // message → the exchange whose list it ticked
  for (const { id, who, text = "", payload = "", reply, message_id: messageId } of messages) {
    let last = exchanges[exchanges.length - 1];
    const goesOn = messageId && last?.messageIds?.includes(messageId);
    if (who === "citizen" && BY_THE_PAGE_ITSELF.test(payload) && last?.messageIds) {
      last.messageIds.push(messageId);
      continue;
    }
    if (ticked.has(messageId)) {
      const { exchange, id } = ticked.get(messageId);
      const before = listIn(exchange.replies, id);
      if (reply && listIn([reply], id)) exchange.replies = exchange.replies.map((each) => (each === before ? reply : each));
      continue;
    }
    // A box that was ticked: the list shows it where it stands.
    if (who === "citizen" && isTick(payload)) {
      const { code } = JSON.parse(payload.slice(payload.indexOf("{")));
      const exchange = exchanges.findLast(({ replies }) => listIn(replies, code));
      if (exchange) {
        exchange.messageIds = [...(exchange.messageIds ?? []), messageId];
        ticked.set(messageId, { exchange, id: code });
        continue;
      }
    }
    if (!goesOn) {
      last = { said: null, outcome: null, replies: [], judged: {}, failure: null, ...(messageId ? { messageIds: [messageId] } : { number: id }) };
      exchanges.push(last);
    }
    if (who === "citizen") last.said = asSaid(text, payload);
    else if (reply && reply.proof?.kind !== "puzzle") last.replies.push(reply);
  }
  return exchanges;
}

function keysOf({ messageIds = [], number }) {
  return number ? [`pushed ${number}`] : messageIds;
}

/** The service knows what stood on the button, but for those of the page itself. */
function asSaid(text, payload) {
  if (!payload) return { text };
  const popular = [...document.querySelectorAll(".popular [data-payload]")].find(({ dataset }) => dataset.payload === payload);
  return { text: text || popular?.textContent || words.tapped, payload };
}
