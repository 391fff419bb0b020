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

  addEventListener("pagehide", () => {
    if (token) fetch(doorOf(listStays), { method: "DELETE", headers: headersOf(token), keepalive: true });
  });
  return { say, forget, keepList: () => (listStays = true) };

  /** `said`: {text} or {payload}; `key`: the same while one message is tried again. Null: she has left meanwhile. */
  async function say(said, key, onProving = () => {}) {
    const mine = turn;
    const post = async (message, messageKey = newKey()) => {
      const style = isElder() ? "elder" : undefined;
      const body = { ...message, region, lang: language, style, client_message_id: messageKey };
      const answered = await ask(CONVERSATION, { body, headers: headersOf(token) });
      if (mine === turn) token = answered.visitor_token;
      else drop(answered.visitor_token, false);
      return answered;
    };
    const answer = await post(said, key);
    if (mine !== turn) return null;
    return answerPuzzles(answer, { post, onProving });
  }

  function forget() {
    turn += 1;
    if (token) drop(token, listStays);
    token = "";
    listStays = false;
  }
}

/** A message of hers may still be in work: then it is tried again. */
async function drop(token, listStays, tries = MOST_TRIES) {
  try {
    await ask(doorOf(listStays), { method: "DELETE", headers: headersOf(token) });
  } catch (fault) {
    if (fault.status !== 401 && tries > 1) setTimeout(() => drop(token, listStays, tries - 1), AGAIN_MS);
  }
}

/** A list whose code was shown to be scanned outlives the conversation: it is read by whoever has scanned it. */
const doorOf = (listStays) => (listStays ? CONVERSATION : EVERYTHING);

/** Not as one of our pages: those are known by a cookie, and the next one at the screen would be taken for her. */
function headersOf(token) {
  return { "X-Wenban-Page": "kiosk", ...(token ? { Authorization: `Bearer ${token}` } : {}) };
}
