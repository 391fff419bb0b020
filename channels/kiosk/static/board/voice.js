/** Calls read aloud by the device's own voice. Off until somebody presses: browsers allow no sound before. */
import { counterName } from "/hall-static/naming.js";
import { words } from "./words.js";

const TIMES = 2;

export function attachVoice(button) {
  let isOn = false;
  if (!("speechSynthesis" in window)) return { say: () => {} };

  button.hidden = false;
  button.addEventListener("click", () => {
    isOn = !isOn;
    button.setAttribute("aria-pressed", String(isOn));
    if (!isOn) speechSynthesis.cancel();
  });
  return { say };

  function say(call) {
    if (!isOn) return;
    for (let time = 0; time < TIMES; time += 1) {
      const utterance = new SpeechSynthesisUtterance(words.aloud(call.number, counterName(call.counter)));
      utterance.lang = words.voice;
      utterance.rate = 0.9;
      speechSynthesis.speak(utterance);
    }
  }
}
