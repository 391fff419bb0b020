/**
 * Replies that come later: staff, reminders, queue calls. Read with fetch, since EventSource can send no header.
 * Resumes after the last event seen; rests while the page has been hidden for five minutes.
 */
import { inLanguage } from "./language.js";
import { callersHeaders } from "./caller.js";
import { notReached, reached } from "./connection.js";
import { makeEventReader } from "./event_reader.js";
import { inThisTab } from "./kept.js";

const ADDRESS = inLanguage("/api/chat/stream");
const SEEN = "stream.seen";
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const SILENCE_MS = 65_000; // the service pings every 20 s
const HIDDEN_MS = 5 * 60_000;

export function makeStream(onReply) {
  let wanted = false;
  let running = null; // AbortController of the loop under way
  let hiddenTimer = 0;
  let seen = inThisTab.get(SEEN);

  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(rest, HIDDEN_MS);
    else resume();
  });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", resume);
  // A pause that began without a line need not be sat out with one.
  addEventListener("online", () => {
    rest();
    resume();
  });

  return {
    /** Once the visitor is known to the service. Harmless to repeat. */
    open() {
      wanted = true;
      resume();
    },
  };

  function resume() {
    if (!wanted || running || document.hidden) return;
    running = new AbortController();
    follow(running.signal);
  }

  function rest() {
    running?.abort();
    running = null;
  }

  async function follow(signal) {
    let waitMs = FIRST_WAIT_MS;
    while (!signal.aborted) {
      const { gotThrough, askedToWaitMs, unwelcome } = await listenOnce(signal);
      if (signal.aborted) return;
      if (unwelcome) {
        wanted = false; // the next message makes us known again
        return rest();
      }
      waitMs = gotThrough ? FIRST_WAIT_MS : Math.min(waitMs * 2, LONGEST_WAIT_MS);
      await pause(Math.max(askedToWaitMs, waitMs * (0.75 + Math.random() / 2)), signal);
    }
  }

  async function listenOnce(signal) {
    const stop = new AbortController();
    const pass = () => stop.abort();
    signal.addEventListener("abort", pass);
    let silence = setTimeout(pass, SILENCE_MS);
    let gotThrough = false;
    let isReached = false;
    try {
      const headers = { ...callersHeaders(), Accept: "text/event-stream" };
      if (seen) headers["Last-Event-ID"] = seen;
      const response = await fetch(ADDRESS, { headers, credentials: "same-origin", cache: "no-store", signal: stop.signal });
      reached();
      isReached = true;
      if (!response.ok || !response.body) {
        if (response.status === 422) keepSeen("");
        const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10) || 0;
        return { gotThrough: false, askedToWaitMs: seconds * 1000, unwelcome: response.status === 401 };
      }
      const decoder = new TextDecoder();
      const read = makeEventReader(take);
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        gotThrough = true;
        clearTimeout(silence);
        silence = setTimeout(pass, SILENCE_MS);
        read(decoder.decode(value, { stream: true }));
      }
    } catch {
      // Broken off, or silent for too long: connect again.
      if (!isReached && !signal.aborted) notReached();
    } finally {
      clearTimeout(silence);
      signal.removeEventListener("abort", pass);
    }
    return { gotThrough, askedToWaitMs: 0, unwelcome: false };
  }

  function take({ id, name, data }) {
    if (name !== "reply" || (id && seen && Number(id) <= Number(seen))) return;
    let reply;
    try {
      reply = JSON.parse(data);
    } catch {
      return;
    }
    if (typeof reply?.text !== "string") return;
    onReply(reply, Number(id) || null);
    if (id) keepSeen(id);
  }

  function keepSeen(id) {
    seen = id;
    inThisTab.set(SEEN, id);
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
