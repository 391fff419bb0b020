/** Whoever walks away leaves nothing behind: first a question, then the first screen. */
import { makeCountdown } from "./countdown.js";
import { patience } from "./elder.js";
import { words } from "./words.js";

const QUIET_SECONDS = 60;
const [SHORTEST, LONGEST] = [15, 900];
const ANSWER_SECONDS = 20;

/** `quiet`: seconds without a touch, as the page has it; `isResting`: nothing was entered, or something else counts already. */
export function watchIdleness({ dialog, left, stay, leave }, { quiet, isResting, onLeave }) {
  const quietSeconds = Number(quiet) >= SHORTEST && Number(quiet) <= LONGEST ? Number(quiet) : QUIET_SECONDS;
  let timer = 0;
  const countdown = makeCountdown({
    onTick: (seconds) => (left.textContent = words.idleIn(seconds)),
    onEnd: goHome,
  });

  function rewind() {
    clearTimeout(timer);
    timer = setTimeout(askWhetherThere, quietSeconds * patience() * 1000);
  }

  function askWhetherThere() {
    if (isResting()) return rewind();
    dialog.showModal();
    stay.focus();
    countdown.start(ANSWER_SECONDS * patience());
  }

  function goHome() {
    dialog.close();
    onLeave();
  }

  dialog.addEventListener("close", () => {
    countdown.stop();
    rewind();
  });
  stay.addEventListener("click", () => dialog.close());
  leave.addEventListener("click", goHome);
  for (const sign of ["pointerdown", "keydown", "wheel"]) {
    document.addEventListener(sign, () => dialog.open || rewind(), { passive: true });
  }
  rewind();
}
