/** Where the hall wants to know that no robot is booking: the page answers that by itself, and the talk goes on. */
const MOST_PUZZLES = 3;

/** `post(said)` → the answer that comes after. `onProving()`: it takes a moment. Returns the answer to be shown. */
export async function answerPuzzles(answer, { post, onProving, signal }) {
  let shown = answer;
  for (let solved = 0; solved < MOST_PUZZLES; solved += 1) {
    const asked = shown.replies[shown.replies.length - 1];
    if (asked?.proof?.kind !== "puzzle") break;
    onProving();
    const found = await solution(asked.proof.challenge, signal).catch(() => null);
    if (!found) break; // the question's own words say where else to turn
    const next = await post({ payload: `/give_details${JSON.stringify({ node: asked.node, value: found })}` });
    // What was answered beside the puzzle stays to be read.
    shown = { ...next, replies: [...shown.replies.slice(0, -1), ...next.replies] };
  }
  return shown;
}

/** Fetched when it is needed: few ever meet a puzzle. */
async function solution(challenge, signal) {
  const { solve } = await import("/static/proof/proving.js");
  return solve(challenge, signal);
}
