/** Reading aloud with the device's own voice; one text at a time. */
import { icon, make } from "./dom.js";
import { isElderMode } from "./preferences.js";
import { words } from "./words.js";

let stopCurrent = () => {};

export const canReadAloud = () => "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;

export function readAloudButton(text) {
  const label = make("span", {}, words.aloud);
  const button = make("button", { type: "button", class: "tool" }, icon("aloud"), label);
  let reading = false;

  button.addEventListener("click", () => {
    const wasReading = reading;
    stopCurrent();
    if (!wasReading) start();
  });
  return button;

  function start() {
    stopCurrent = stop;
    show(true);
    const sentences = text.match(/[^。！？；\n]+[。！？；]?/g) ?? [];
    // Sentence by sentence: Chromium falls silent after some 15 s of one utterance.
    const spoken = sentences.map((sentence) => {
      const utterance = new SpeechSynthesisUtterance(sentence);
      utterance.lang = "zh-CN";
      utterance.rate = isElderMode() ? 0.85 : 1;
      utterance.onerror = ended;
      return utterance;
    });
    if (spoken.length === 0) return stop();
    spoken[spoken.length - 1].onend = ended;
    for (const utterance of spoken) speechSynthesis.speak(utterance);
  }

  function ended() {
    if (reading) stop();
  }

  function stop() {
    show(false);
    stopCurrent = () => {};
    speechSynthesis.cancel();
  }

  function show(isReading) {
    reading = isReading;
    label.textContent = isReading ? words.stopAloud : words.aloud;
    button.querySelector("use").setAttribute("href", isReading ? "#icon-stop" : "#icon-aloud");
  }
}

export function stopReadingAloud() {
  stopCurrent();
}
