/** The conversation: what is said goes into the log, the transcript and the outbox; what comes back is shown. */
import { Refused, fetchMessages, postMessage } from "./api.js";
import { showExchange } from "./exchange.js";
import { forgetDraft } from "./fields_form.js";
import { masked, maskedPerson } from "./masking.js";
import { retireOptions } from "./options.js";
import { makeOutbox } from "./outbox.js";
import { answerPuzzles } from "./proof.js";
import { stopReadingAloud } from "./read_aloud.js";
import { listIn, resumed } from "./resuming.js";
import { readerMovedAt, reveal, toNewest } from "./scrolling.js";
import { MOST_ENTRIES, openTranscript } from "./transcript.js";
import { askForNews } from "./visit_news.js";
import { words } from "./words.js";

const BEGINNING_OF_A_NUMBER = /\d{5}/;

/**
 * `region`: see region.js. `isEndInSight()`: is the reader at the end?
 * `onGoesOn()`: something was said. `onNews()`: by the hall. `onKnown()`: the service knows the visitor now.
 */
export function openConversation(log, { region, isEndInSight, onGoesOn, onNews, onKnown }) {
  const transcript = openTranscript();
  const outbox = makeOutbox(deliver, () => wantsToResume && resume());
  let wantsToResume = false;
  const asSaid = new WeakMap(); // exchange → what goes out; only what may be kept stands in the exchange
  const views = new WeakMap();
  restore();

  return { say, take, notice, clear, resume, mayBeKept };

  /**
   * `said`: {text} as written, perhaps with a {location}, {text, payload} of a choice, or {text, shown} where other words
   * stood on the page than go out. The same choice twice in a row counts once.
   */
  function say(said) {
    if (said.payload && outbox.holds(({ exchange }) => exchange.said.payload === said.payload)) return;
    retireOptions(log, said);
    const exchange = { said: keepable(said, asksWhoComes()), outcome: null, replies: [], judged: {}, failure: null, clientId: newId() };
    asSaid.set(exchange, said);
    const view = append(exchange);
    transcript.add(exchange);
    send(exchange, view);
    toNewest();
  }

  /** Of what is only begun: nothing that would be masked, nor the beginning of a number, nor an answer to who comes. */
  function mayBeKept(text) {
    return !asksWhoComes() && masked(text) === text && !BEGINNING_OF_A_NUMBER.test(text.normalize("NFKC"));
  }

  function asksWhoComes() {
    const before = transcript.all();
    return (before[before.length - 1]?.replies ?? []).some(({ fields }) => fields?.length);
  }

  /** A reply that was pushed later; `number`: the service's. */
  function take(reply, number = null) {
    if (number && transcript.all().some((exchange) => exchange.number === number)) return;
    const wasAtEnd = isEndInSight();
    const exchange = { said: null, outcome: null, replies: [reply], judged: {}, failure: null, number };
    const view = append(exchange);
    transcript.add(exchange);
    if (wasAtEnd) reveal(view.element);
    if (number) onNews();
  }

  /** Something the page itself has to say. */
  function notice(text) {
    take({ type: "notice", kind: "page", text });
  }

  function clear() {
    stopReadingAloud();
    forgetDraft();
    outbox.cancelAll();
    transcript.replace([]);
    log.replaceChildren();
  }

  /** Before `next`, or at the end. */
  function append(exchange, { next = null, isHeard = true } = {}) {
    const view = showExchange(exchange, {
      choose: say,
      tick: (list, payload) => tick(exchange, list, payload),
      retry: () => send(exchange, view),
      canRetry: () => asSaid.has(exchange) || !exchange.said.masked,
      judge(answerId, useful) {
        exchange.judged[answerId] = useful;
        transcript.keep();
      },
    });
    views.set(exchange, view);
    if (!isHeard) view.element.setAttribute("aria-live", "off");
    log.insertBefore(view.element, next);
    onGoesOn();
    return view;
  }

  /** A box of a list: it is ticked where it stands, and nothing new is said. */
  async function tick(exchange, list, payload) {
    const answer = await postMessage({ payload, client_message_id: newId() });
    const now = listIn(answer.replies, list.checklist_id);
    if (!now) throw new Refused(200, answer.replies[0]?.text ?? words.somethingWrong);
    exchange.messageIds = [...(exchange.messageIds ?? []), answer.message_id];
    exchange.replies = exchange.replies.map((reply) => (reply === list ? now : reply));
    transcript.keep();
    return { list: now, said: answer.replies.find((reply) => reply !== now)?.text ?? "" };
  }

  function send(exchange, view) {
    exchange.failure = null;
    view.element.removeAttribute("aria-live");
    view.sentAt = performance.now();
    if (outbox.add({ exchange, view })) view.showQueued();
  }

  async function deliver({ exchange, view }, signal) {
    for (;;) {
      view.showWaiting();
      const { text, payload, location } = asSaid.get(exchange) ?? exchange.said;
      const place = region.toSend();
      try {
        const post = async (said) => {
          const answered = await postMessage({ ...said, region: place, location }, signal);
          exchange.messageIds = [...(exchange.messageIds ?? []), answered.message_id];
          return answered;
        };
        const answer = await post({ ...(payload ? { payload } : { text }), client_message_id: exchange.clientId });
        region.received(place);
        return succeed(exchange, view, await answerPuzzles(answer, { post, onProving: view.showProving, signal }));
      } catch (fault) {
        if (!(fault instanceof Refused)) throw fault;
        // In haste, or a hall that is too full: either way it says when to come again.
        const mayComeAgain = fault.status === 429 || fault.retryAfterSeconds > 0;
        const goOn = mayComeAgain && (await view.countDown(fault.message, fault.retryAfterSeconds || 1, signal));
        if (!goOn) return fail(exchange, view, fault);
      }
    }
  }

  function succeed(exchange, view, answer) {
    const isFollowing = isEndInSight() || view.sentAt > readerMovedAt();
    exchange.outcome = answer.outcome;
    exchange.replies = answer.replies;
    view.showAnswered();
    transcript.keep();
    for (const reply of answer.replies) if (reply.region) region.follow(reply.region);
    if (isFollowing) reveal(view.element);
    onNews();
    if (answer.outcome === "done") askForNews();
    onKnown();
  }

  function fail(exchange, view, { message, status }) {
    exchange.failure = message;
    exchange.isUnanswered = status === 0;
    view.showFailure();
    transcript.keep();
    if (isEndInSight()) toNewest();
  }

  /** What was said elsewhere, or answered while this page was not there. Not while something is under way here. */
  async function resume() {
    wantsToResume = outbox.isBusy();
    if (wantsToResume) return;
    const messages = await fetchMessages(MOST_ENTRIES).catch(() => null);
    wantsToResume = outbox.isBusy();
    const all = messages && !wantsToResume ? resumed(messages, transcript.all()) : null;
    if (!all) return;
    const wasAtEnd = isEndInSight() || !log.childElementCount;
    transcript.replace(all);
    restore();
    if (wasAtEnd) toNewest({ atOnce: true });
  }

  /** What stands there stays where it is, and what was said before is not announced: each is heard once. */
  function restore() {
    const shown = new Set(transcript.all().map((exchange) => views.get(exchange)?.element));
    for (const element of [...log.children]) if (!shown.has(element)) element.remove();
    let next = log.firstElementChild;
    const open = [];
    for (const exchange of transcript.all()) {
      if (exchange.said) for (const before of open.splice(0)) retireOptions(before, exchange.said);
      const view = views.get(exchange);
      const { element } = view ?? goOn(exchange, next);
      if (element === next) next = next.nextElementSibling;
      else if (view) {
        element.setAttribute("aria-live", "off");
        log.insertBefore(element, next);
      }
      open.push(element);
    }
    if (transcript.all().some(({ messageIds, outcome }) => messageIds || outcome)) onKnown();
  }

  /** An exchange of before. */
  function goOn(exchange, next) {
    const isCutOff = exchange.said && !exchange.replies.length && (!exchange.failure || exchange.isUnanswered);
    if ((isCutOff || exchange.failure) && exchange.said.masked) exchange.failure = words.writeAgain;
    const shown = append(exchange, { next, isHeard: false });
    // The same message again: it is answered once, and an answer that was lost comes now.
    if (isCutOff && !exchange.said.masked) send(exchange, shown);
    return shown;
  }
}

/** What may be shown and kept: names and numbers are masked, and where the citizen is stays out of it. */
function keepable({ text, shown, payload }, tellsWhoComes) {
  const safe = tellsWhoComes ? maskedPerson(text) : masked(text);
  return { text: safe, ...(shown ? { shown } : {}), ...(payload ? { payload } : {}), ...(safe === text ? {} : { masked: true }) };
}

/** Letters that the service takes. Not randomUUID: without https browsers do not offer it. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
