/** The view of one exchange: what the citizen said, the waiting, what the hall said, or what went wrong. */
import { icon, make, unseen } from "./dom.js";
import { drawReply } from "./replies.js";
import { words } from "./words.js";

/** `desk`: { choose(said), tick(list, payload), retry(), canRetry(), judge(answerId, useful) } */
export function showExchange(exchange, desk) {
  const element = make("div", { class: "exchange" });
  let state = null;
  if (exchange.said) {
    element.append(make("div", { class: "bubble from-citizen" }, unseen(words.you), make("p", { class: "verbatim" }, exchange.said.shown ?? exchange.said.text)));
  }
  showReplies(exchange.replies);
  if (exchange.failure) showFailure();

  return {
    element,
    showQueued: () => setState(make("p", { class: "note queued" }, words.queued)),
    showWaiting: () => setState(waiting(words.searching)),
    showProving: () => setState(waiting(words.proving)),
    showAnswered() {
      setState(null);
      showReplies(exchange.replies);
    },
    showFailure,
    countDown,
  };

  function showReplies(replies) {
    const helper = {
      choose: desk.choose,
      tick: desk.tick,
      outcome: exchange.outcome,
      judged: (answerId) => exchange.judged?.[answerId],
      judge: desk.judge,
    };
    for (const reply of replies) element.append(drawReply(reply, helper));
    if (exchange.outcome === "degraded" && replies.length) element.append(make("p", { class: "note" }, words.degraded));
  }

  function showFailure() {
    setState(make("div", { class: "failure" }, make("p", {}, exchange.failure), desk.canRetry() ? retryButton() : null));
  }

  function retryButton() {
    const retry = make("button", { type: "button", class: "quiet strong" }, icon("again"), words.retry);
    retry.addEventListener("click", () => {
      // The button goes; the keyboard stays with this exchange.
      element.tabIndex = -1;
      element.focus({ preventScroll: true });
      desk.retry();
    });
    return retry;
  }

  /** Resolves when the time is up; false where the citizen would rather not, or the signal aborts. */
  function countDown(message, seconds, signal) {
    return new Promise((resolve) => {
      const until = Date.now() + seconds * 1000;
      const left = make("span", { "aria-live": "off" });
      const stop = make("button", { type: "button", class: "quiet", onclick: () => end(false) }, words.doNotSend);
      setState(make("div", { class: "failure calm" }, make("p", {}, message), make("p", { class: "note" }, left), stop));
      const timer = setInterval(tick, 250);
      const abort = () => end(false);
      signal.addEventListener("abort", abort);
      tick();

      function tick() {
        const secondsLeft = Math.ceil((until - Date.now()) / 1000);
        if (secondsLeft <= 0) return end(true);
        const sentence = words.resendIn(secondsLeft);
        if (left.textContent !== sentence) left.textContent = sentence;
      }

      function end(goOn) {
        clearInterval(timer);
        signal.removeEventListener("abort", abort);
        resolve(goOn);
      }
    });
  }

  function setState(next) {
    state?.remove();
    state = next;
    if (next) element.append(next);
  }
}

function waiting(sentence) {
  const dots = make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
  return make("p", { class: "bubble from-hall waiting" }, dots, sentence);
}
