/** Which calls are new; a repeated call is new again, because its time is. Each is told once. */
const MOST_KNOWN = 1000;

export function makeCallWatch() {
  let since = NaN; // the first look
  let known = new Set();

  /**
   * Oldest first. The first look finds nothing new: nobody is called for opening the page. Nor is an older call that comes
   * into sight again, among the few that are shown, when a later one is over.
   */
  return function newCalls({ called, as_of: asOf }) {
    const keyOf = (call) => `${call.number} ${call.counter} ${call.at}`;
    const fresh = called.filter((call) => Date.parse(call.at) >= since && !known.has(keyOf(call)));
    if (Number.isNaN(since)) since = Date.parse(asOf);
    known = new Set([...known, ...called.map(keyOf)].slice(-MOST_KNOWN));
    return fresh.reverse();
  };
}
