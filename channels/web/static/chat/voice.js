/**
 * Speaking instead of typing, where the browser can understand speech (some ask their maker's service for it). Nothing is
 * heard before the button is pressed, nor longer than a sentence, and what was heard is sent by hand.
 */
import { announce } from "./announcer.js";
import { words } from "./words.js";

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
/** Neither is a fault: nobody said anything, or the citizen stopped it. */
const NO_FAULT = new Set(["no-speech", "aborted"]);

/** `said`: where it is told that nothing could be understood. */
export function attachVoice(button, field, said) {
  if (!Recognition) return;
  let hearing = null;
  button.hidden = false;
  button.addEventListener("click", () => (hearing ? hearing.stop() : hear()));

  function hear() {
    const before = field.value;
    hearing = new Recognition();
    hearing.lang = "zh-CN";
    hearing.interimResults = true;
    hearing.onresult = ({ results }) => write(before + [...results].map(([best]) => best.transcript).join(""));
    hearing.onerror = ({ error }) => NO_FAULT.has(error) || tell(words.notHeard);
    hearing.onend = end;
    tell("");
    show(true);
    try {
      hearing.start();
    } catch {
      end();
      tell(words.notHeard);
    }
  }

  function write(text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true })); // as if it had been typed: counted, kept, with suggestions
  }

  function end() {
    hearing = null;
    show(false);
    field.focus();
  }

  function show(isHearing) {
    button.setAttribute("aria-pressed", String(isHearing));
    button.setAttribute("aria-label", isHearing ? words.stopHearing : words.speak);
  }

  function tell(sentence) {
    said.textContent = sentence;
    if (sentence) announce(sentence);
  }
}
