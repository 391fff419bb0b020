/** Which calls are new since the last look; a repeated call is new again, because its time is. */
export function makeCallWatch() {
  let known = null;

  /** Oldest first. The first look finds nothing new: nobody is called for opening the page. */
  return function newCalls(called) {
    const keys = called.map((call) => `${call.number} ${call.counter} ${call.at}`);
    const fresh = known ? called.filter((_, place) => !known.has(keys[place])) : [];
    known = new Set(keys);
    return fresh.reverse();
  };
}
