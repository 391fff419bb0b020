/** The service's doors. Cookies count only together with the page header. */
import { sentenceOf } from "./refused/sentence.js";
import { words } from "./words.js";

const LIMIT_MS = 15_000;

/** What did not work: `message` is a sentence to show, `status` 0 where no answer came, `alternatives` openings. */
export class Refused extends Error {
  constructor(status, message, code = "", alternatives = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.alternatives = alternatives;
  }
}

/** The JSON that the service answers. A body makes it a POST. Throws Refused. */
export async function ask(address, { body, method = body ? "POST" : "GET", headers = {} } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LIMIT_MS);
  try {
    const response = await fetch(address, {
      method,
      headers: { "X-Wenban-Page": "1", ...(body ? { "Content-Type": "application/json" } : {}), ...headers },
      body: body && JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      signal: stop.signal,
    });
    const content = readJson(await response.text());
    if (response.ok && content !== undefined) return content;
    throw new Refused(response.status, sentenceOf(content, secondsOf(response)) || words.somethingWrong, content?.error, content?.alternatives);
  } catch (fault) {
    if (fault instanceof Refused) throw fault;
    throw new Refused(0, stop.signal.aborted ? words.tookTooLong : words.unreachable);
  } finally {
    clearTimeout(timer);
  }
}

const secondsOf = (response) => Number.parseInt(response.headers.get("Retry-After") ?? "", 10) || 0;

/** Undefined for what is no JSON, such as a proxy's page; null for an empty answer (204). */
function readJson(text) {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Not randomUUID: a screen in the hall may reach the service without https, where browsers do not offer it. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
