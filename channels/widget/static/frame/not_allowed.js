/** A site that is not named: the loader is told that there is something to read, and nothing else. */
const site = new URLSearchParams(location.search).get("site");
if (site && window !== parent) parent.postMessage({ isReady: true }, site);
