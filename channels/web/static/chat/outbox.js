/** Messages go out one at a time, in the order in which they were said. */

/** `onIdle()`: all is sent. `deliver(message, signal)` settles when the message is done with, well or badly; it does not throw. */
export function makeOutbox(deliver, onIdle) {
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
    isBusy: () => sending !== null,
    holds(matches) {
      return [sending?.message, ...waiting].some((message) => message && matches(message));
    },
    /** Nothing more is sent, and what is under way is aborted. */
    cancelAll() {
      waiting = [];
      sending?.controller.abort();
    },
  };

  async function sendNext() {
    const message = waiting.shift();
    if (!message) return onIdle();
    sending = { message, controller: new AbortController() };
    try {
      await deliver(message, sending.controller.signal);
    } finally {
      sending = null;
      sendNext();
    }
  }
}
