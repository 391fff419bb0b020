/** Messages go out one at a time, in the order in which they were said. */

/** `deliver(message, signal)` settles when the message is done with, well or badly; it does not throw. */
export function makeOutbox(deliver) {
  let waiting = [];
  let sending = null;

  return {
    /** True if it has to wait for others. */
    add(message) {
      waiting.push(message);
      const hasToWait = sending !== null;
      if (!hasToWait) sendNext();
      return hasToWait;
    },
    holds(matches) {
      return [sending?.message, ...waiting].some((message) => message && matches(message));
    },
    /** Returns what had not been sent; the one under way is aborted. */
    cancelAll() {
      const unsent = waiting;
      waiting = [];
      sending?.controller.abort();
      return unsent;
    },
  };

  async function sendNext() {
    const message = waiting.shift();
    if (!message) return;
    sending = { message, controller: new AbortController() };
    try {
      await deliver(message, sending.controller.signal);
    } finally {
      sending = null;
      sendNext();
    }
  }
}
