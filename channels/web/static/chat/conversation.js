/** The conversation: what is said goes into the log, the transcript and the outbox; what comes back is shown. */
import { Refused, postMessage } from "./api.js";
import { showExchange } from "./exchange.js";
import { forgetDraft } from "./fields_form.js";
import { masked, maskedPerson } from "./masking.js";
import { retireOptions } from "./options.js";
import { makeOutbox } from "./outbox.js";
import { answerPuzzles } from "./proof.js";
import { stopReadingAloud } from "./read_aloud.js";
import { readerMovedAt, reveal, toNewest } from "./scrolling.js";
import { openTranscript } from "./transcript.js";
import { words } from "./words.js";

/**
 * `region`: see region.js. `isEndInSight()`: is the reader at the end?
 * `onGoesOn()`: something was said. `onKnown()`: the service knows the visitor now.
 */
export function openConversation(log, { region, isEndInSight, onGoesOn, onKnown }) {
  const transcript = openTranscript();
  const outbox = makeOutbox(deliver);
  const asSaid = new WeakMap(); // exchange → what goes out; only what may be kept stands in the exchange
  restore();

  return { say, take, notice, clear };

  /**
   * `said`: {text} as written, perhaps with a {location}, or {text, payload} of a choice. The same choice twice in a
   * row counts once.
   */
  function say(said) {
    if (said.payload && outbox.holds(({ exchange }) => exchange.said.payload === said.payload)) return;
    retireOptions(log, said);
    const exchange = { said: keepable(said, asksWhoComes()), outcome: null, replies: [], judged: {}, failure: null };
    asSaid.set(exchange, said);
    const view = append(exchange);
    transcript.add(exchange);
    send(exchange, view);
    toNewest();
  }

  function asksWhoComes() {
    const before = transcript.all();
    return (before[before.length - 1]?.replies ?? []).some(({ fields }) => fields?.length);
  }

  /** A reply that was pushed later. */
  function take(reply) {
    const wasAtEnd = isEndInSight();
    const exchange = { said: null, outcome: null, replies: [reply], judged: {}, failure: null };
    const view = append(exchange);
    transcript.add(exchange);
    if (wasAtEnd) reveal(view.element);
  }

  /** Something the page itself has to say. */
  function notice(text) {
    take({ type: "notice", kind: "page", text });
  }

  /** Returns what puts everything back. */
  function clear() {
    stopReadingAloud();
    forgetDraft();
    for (const { exchange, view } of outbox.cancelAll()) fail(exchange, view, words.stopped);
    const exchanges = transcript.clear();
    const shown = [...log.childNodes];
    log.replaceChildren();
    return () => {
      log.prepend(...shown);
      transcript.putBack(exchanges);
      toNewest();
    };
  }

  function append(exchange) {
    const view = showExchange(exchange, {
      choose: say,
      retry: () => send(exchange, view),
      canRetry: () => asSaid.has(exchange) || !exchange.said.masked,
      judge(answerId, useful) {
        exchange.judged[answerId] = useful;
        transcript.keep();
      },
    });
    log.append(view.element);
    onGoesOn();
    return view;
  }

  function send(exchange, view) {
    exchange.failure = null;
    view.sentAt = performance.now();
    if (outbox.add({ exchange, view })) view.showQueued();
  }

  async function deliver({ exchange, view }, signal) {
    for (;;) {
      view.showWaiting();
      const { text, payload, location } = asSaid.get(exchange) ?? exchange.said;
      const place = region.toSend();
      try {
        const post = (said) => postMessage({ ...said, region: place, location }, signal);
        const answer = await post(payload ? { payload } : { text });
        region.received(place);
        return succeed(exchange, view, await answerPuzzles(answer, { post, onProving: view.showProving, signal }));
      } catch (fault) {
        if (!(fault instanceof Refused)) throw fault;
        // In haste, or a hall that is too full: either way it says when to come again.
        const mayComeAgain = fault.status === 429 || fault.retryAfterSeconds > 0;
        const goOn = mayComeAgain && (await view.countDown(fault.message, fault.retryAfterSeconds || 1, signal));
        if (!goOn) return fail(exchange, view, fault.message);
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
    onKnown();
  }

  function fail(exchange, view, message) {
    exchange.failure = message;
    view.showFailure();
    transcript.keep();
    if (isEndInSight()) toNewest();
  }

  function restore() {
    log.setAttribute("aria-busy", "true"); // what was said before is not announced again
    for (const exchange of transcript.all()) {
      if (exchange.said && !exchange.replies.length && !exchange.failure) exchange.failure = words.leftUnanswered;
      if (exchange.failure && exchange.said.masked) exchange.failure = words.writeAgain;
      if (exchange.said) retireOptions(log, exchange.said);
      append(exchange);
    }
    log.setAttribute("aria-busy", "false");
    if (transcript.all().some((exchange) => exchange.outcome)) onKnown();
  }
}

/** What may be shown and kept: names and numbers are masked, and where the citizen is stays out of it. */
function keepable({ text, payload }, tellsWhoComes) {
  const shown = tellsWhoComes ? maskedPerson(text) : masked(text);
  return { text: shown, ...(payload ? { payload } : {}), ...(shown === text ? {} : { masked: true }) };
}
