/** The language ends with whoever chose it: the next one finds the screen as it was. */

const address = new URL(location.href);
export const isForeign = address.searchParams.has("lang");

/** By the page itself, which is drawn in it; not while the line is broken: nobody would come back from the browser's own page. */
export async function leaveForeign({ farewell, isFree }) {
  if (!isForeign) return;
  await farewell();
  // Somebody else has begun: it ends with her.
  if (!isFree()) return;
  address.searchParams.delete("lang");
  const answer = await fetch(address, { method: "GET", cache: "no-store" }).catch(() => null);
  if (answer?.ok && isFree()) location.replace(address);
}
