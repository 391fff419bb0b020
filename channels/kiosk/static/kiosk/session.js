/**
 * Whoever stands at the screen, as the service knows her: a visitor from her first question to 结束. The token is in this
 * page's memory alone, in no cookie and no storage. It goes with her, and so does what the service has kept.
 */
import { ask, newKey } from "/hall-static/ask.js";
import { language } from "/static/chat/language.js";
import { answerPuzzles } from "/static/chat/proof.js";
import { isElder } from "./elder.js";

const CONVERSATION = "/api/chat/messages";
const EVERYTHING = "/api/visitor?cancel=false"; // a booking stays good, by its code
const MOST_TRIES = 5;
const AGAIN_MS = 10_000;

/** `region`: where the hall stands. */
export function makeSession(region) {
  let token = "";
  let listStays = false;
  let turn = 0;
  /** Messages and farewells that the service has not answered yet. */
  const underWay = new Set();

  addEventListener("pagehide", () => {
    if (token) fetch(doorOf(listStays), { method: "DELETE", headers: headersOf(token), keepalive: true });
  });
  return { say, forget, farewell, keepList: () => (listStays = true) };

  /** `said`: {text} or {payload}; `key`: the same while one message is tried again. Null: she has left meanwhile. */
  async function say(said, key, onProving = () => {}) {
    const mine = turn;
    const post = (message, messageKey) => followed(send(message, messageKey));
    const send = async (message, messageKey = newKey()) => {
      const style = isElder() ? "elder" : undefined;
      const body = { ...message, region, lang: language, style, client_message_id: messageKey };
      const answered = await ask(CONVERSATION, { body, headers: headersOf(token) });
      if (mine === turn) token = answered.visitor_token;
      else followed(drop(answered.visitor_token, false));
      return answered;
    };
    const answer = await post(said, key);
    if (mine !== turn) return null;
    return answerPuzzles(answer, { post, onProving });
  }

  function forget() {
    turn += 1;
    if (token) followed(drop(token, listStays));
    token = "";
    listStays = false;
  }

  /** Until nothing of hers is under way: a page that leaves before takes the last word to the service with it. */
  async function farewell() {
    while (underWay.size) await Promise.allSettled(underWay);
  }

  function followed(word) {
    const over = () => underWay.delete(word);
    underWay.add(word);
    word.then(over, over);
    return word;
  }
}

/** A message of hers may still be in work: then it is tried again. */
async function drop(token, listStays) {
  for (let tries = MOST_TRIES; tries > 0; tries -= 1) {
    try {
      return await ask(doorOf(listStays), { method: "DELETE", headers: headersOf(token) });
    } catch (fault) {
      if (fault.status === 401) return null;
    }
    if (tries > 1) await new Promise((wake) => setTimeout(wake, AGAIN_MS));
  }
  return null;
}

/** A list whose code was shown to be scanned outlives the conversation: it is read by whoever has scanned it. */
const doorOf = (listStays) => (listStays ? CONVERSATION : EVERYTHING);

/** Not as one of our pages: those are known by a cookie, and the next one at the screen would be taken for her. */
function headersOf(token) {
  return { "X-Wenban-Page": "kiosk", ...(token ? { Authorization: `Bearer ${token}` } : {}) };
}
