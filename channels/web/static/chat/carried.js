/**
 * A question on its way to the conversation. From our own pages it comes through this tab's storage, which no other site can
 * write, and is asked at once. One that an address carries (a QR code, a link from anywhere) is asked at once of a newcomer
 * alone: whoever has a conversation open might confirm or cancel something by it, so there it only stands in the field.
 */
import { widget } from "./caller.js";
import { inThisTab } from "./kept.js";

const KEPT_AS = "ask";
const CONVERSATION = "/chat";

/** To the conversation, with that question; `payload`: what it means, where that is no matter of words. */
export function carry(text, payload = "") {
  const carried = JSON.stringify(payload ? { text, payload } : { text });
  inThisTab.set(KEPT_AS, carried);
  location.assign(inThisTab.get(KEPT_AS) === carried ? CONVERSATION : `${CONVERSATION}?q=${encodeURIComponent(text)}`);
}

/** Links of a page that carry a question. */
export function carryFrom(links) {
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // into another tab, by its address
      event.preventDefault();
      carry(link.dataset.ask, link.dataset.payload);
    });
  }
}

/** What was carried here, once: `onAsk({ text, payload })` asks it, `onOffer(text)` only writes it down. Nothing is carried into a frame. */
export function takeCarried({ isKnown, onAsk, onOffer }) {
  if (widget) return;
  const own = inThisTab.get(KEPT_AS);
  inThisTab.set(KEPT_AS, "");
  const address = new URL(location.href);
  const foreign = address.searchParams.get("q") ?? "";
  if (foreign) {
    address.searchParams.delete("q"); // a reload asks nothing again
    history.replaceState(null, "", address.pathname + address.search + address.hash);
  }
  if (own) onAsk(own.startsWith("{") ? JSON.parse(own) : { text: own });
  else if (foreign.trim() && isKnown) onOffer(foreign);
  else if (foreign.trim()) onAsk({ text: foreign });
}
