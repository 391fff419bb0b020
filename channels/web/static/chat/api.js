/** The service's doors as this page uses them. */
import { sentenceOf } from "/hall-static/refused/sentence.js";
import { callersHeaders, forgetToken, learn } from "./caller.js";
import { reached } from "./connection.js";
import { inLanguage, language } from "./language.js";
import { isElderMode } from "./preferences.js";
import { words } from "./words.js";

const LIMIT_MS = 15_000;

/** What did not work: `message` is a sentence for the citizen, `status` 0 where no answer came. */
export class Refused extends Error {
  constructor(status, message, retryAfterSeconds = 0, details = null) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
    this.details = details; // the whole answer, where there was one
  }
}

/** `said`: {text} or {payload}, with or without a region and a location. In elder mode the answers are short. */
export function postMessage(said, signal) {
  return call("/api/chat/messages", { body: { ...said, lang: language, style: isElderMode() ? "elder" : undefined }, signal });
}

/** The newest of the visitor's own conversation, oldest first. */
export async function fetchMessages(limit) {
  return (await call(inLanguage(`/api/chat/messages?limit=${limit}`))).messages;
}

/** What was said, and what is open in it. */
export function forgetConversation() {
  return forget("/api/chat/messages");
}

/**
 * Whatever is kept of the visitor but the bookings ahead, which stay; the cookie ends. A citizen on WeChat keeps all that
 * is hers there, and only this browser leaves her.
 */
export async function forgetVisitor() {
  if (document.body.dataset.wechat === "yes" && (await parts())) return;
  await forget("/api/visitor?cancel=false");
}

async function parts() {
  try {
    await call("/api/wechat/link", { method: "DELETE" });
    return true;
  } catch (fault) {
    if (fault.status === 401 || fault.status === 409) return false;
    throw fault;
  }
}

/** Of whom the service does not know, nothing is kept: all is well. */
async function forget(address) {
  try {
    await call(address, { method: "DELETE" });
  } catch (fault) {
    if (fault.status !== 401) throw fault;
  }
}

export function postFeedback(answerId, useful, comment = "") {
  return call("/api/chat/feedback", { body: { answer_id: answerId, useful, comment } });
}

export async function fetchSuggestions(prefix, signal) {
  const found = await call(inLanguage(`/api/knowledge/suggest?prefix=${encodeURIComponent(prefix)}`), { signal });
  return found.suggestions;
}

/** The answer's JSON. `method`: GET without a body, POST with one, unless said otherwise. */
export async function call(address, { body, method = body ? "POST" : "GET", signal } = {}) {
  const first = await attempt(address, method, body, signal);
  // A 401 means that our cookie, or the token in its place, is no longer good: the service then takes us for a newcomer.
  if (first.status === 401) forgetToken();
  const response = first.status === 401 ? await attempt(address, method, body, signal) : first;
  if (response.content?.visitor_token) learn(response.content.visitor_token);
  if (response.ok) return response.content;
  throw new Refused(response.status, sentenceOf(response.content, response.retryAfterSeconds) || words.somethingWrong, response.retryAfterSeconds, response.content);
}

async function attempt(address, method, body, signal) {
  const stop = new AbortController();
  let tookTooLong = false;
  const timer = setTimeout(() => {
    tookTooLong = true;
    stop.abort();
  }, LIMIT_MS);
  const pass = () => stop.abort();
  if (signal?.aborted) stop.abort();
  signal?.addEventListener("abort", pass);
  try {
    const response = await fetch(address, {
      method,
      headers: { ...callersHeaders(), ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body && JSON.stringify(body),
      credentials: "same-origin",
      signal: stop.signal,
    });
    reached();
    const retryAfterSeconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10) || 0;
    return { ok: response.ok, status: response.status, retryAfterSeconds, content: await readJson(response) };
  } catch (fault) {
    if (fault instanceof Refused) throw fault;
    if (tookTooLong) throw new Refused(0, words.tookTooLong);
    throw new Refused(0, signal?.aborted ? words.stopped : words.unreachable);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", pass);
  }
}

/** Null for what is no JSON: a proxy's error page. A proxy's page with status 200 is no answer either. */
async function readJson(response) {
  const body = await response.text();
  if (!body && response.ok) return null;
  try {
    return JSON.parse(body);
  } catch {
    if (response.ok) throw new Refused(response.status, words.somethingWrong);
    return null;
  }
}
