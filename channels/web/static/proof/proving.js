/** The proof that nobody need be bothered with: the page solves the puzzle by itself. */
import { tryCounters } from "./solving.js";

const A_SLICE = 20; // some milliseconds on a slow phone: the page goes on scrolling

/** The solution as a payload of the chat carries it. Rejects when the signal aborts, or the puzzle is none of ours. */
export async function solve(challenge, signal) {
  const { counter, derivedKey } = await beside(challenge, signal).catch(() => inSlices(challenge, signal));
  return `${counter}.${derivedKey}`;
}

/** Rejects where a browser has no module workers, too. */
function beside(challenge, signal) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    const end = (settle, value) => {
      worker.terminate();
      signal?.removeEventListener("abort", stop);
      settle(value);
    };
    const stop = () => end(reject, new Error("stopped"));
    worker.addEventListener("message", ({ data: found }) => end(resolve, found));
    worker.addEventListener("error", () => end(reject, new Error("no worker")));
    signal?.addEventListener("abort", stop);
    worker.postMessage(challenge);
  });
}

async function inSlices(challenge, signal) {
  for (let from = 0; ; from += A_SLICE) {
    if (signal?.aborted) throw new Error("stopped");
    const found = tryCounters(challenge, from, A_SLICE);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve));
  }
}
