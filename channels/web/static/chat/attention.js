/**
 * Somebody is called and may look elsewhere: a banner that stays, a sound and a vibration where the device lets the page,
 * a notification where she allowed it. Told once, whatever number of pages is open.
 */
import { announce } from "./announcer.js";
import { icon, make } from "./dom.js";
import { onThisDevice } from "./kept.js";
import { closeNotice, notify } from "./notifying.js";
import { words } from "./words.js";

const TOLD = "told";
const VIBRATION_MS = [300, 150, 300, 150, 600];
const TONES = [
  [880, 0],
  [660, 0.35],
];
const TONE_SECONDS = 0.3;

/** `call`: { number, sentence, called_at }; another moment is another call. The code is kept nowhere: it opens the visit. */
export function callAttention(call) {
  showBanner(call);
  if (wasTold(call)) return;
  announce(call.sentence);
  // Without a touch before, browsers refuse both and complain.
  if (navigator.userActivation?.hasBeenActive ?? true) {
    ring();
    navigator.vibrate?.(VIBRATION_MS);
  }
  if (document.hidden) notify(call.number, call.sentence);
}

/** It is over, or she was served: the next call of this ticket is a new one. */
export function endAttention({ number }) {
  if (bannerOf(number)) closeNotice(number);
  bannerOf(number)?.remove();
  if (onThisDevice.get(TOLD).startsWith(`${number} `)) onThisDevice.set(TOLD, "");
}

function showBanner({ number, sentence, called_at: at }) {
  const shown = bannerOf(number);
  if (shown?.dataset.call === at) return;
  shown?.remove();
  const close = make("button", { type: "button", class: "plain", onclick: () => (banner.hidden = true) }, words.understood);
  const banner = make("div", { class: "call-banner", "data-number": number, "data-call": at }, icon("ticket"), make("strong", {}, sentence), close);
  document.querySelector(".top").prepend(banner);
}

function bannerOf(number) {
  return document.querySelector(`.call-banner[data-number="${CSS.escape(number)}"]`);
}

function wasTold({ number, called_at: at }) {
  const call = `${number} ${at}`;
  if (onThisDevice.get(TOLD) === call) return true;
  onThisDevice.set(TOLD, call);
  return false;
}

function ring() {
  try {
    const audio = new AudioContext();
    for (const [frequency, after] of TONES) {
      const tone = new OscillatorNode(audio, { frequency });
      tone.connect(audio.destination);
      tone.start(audio.currentTime + after);
      tone.stop(audio.currentTime + after + TONE_SECONDS);
      tone.addEventListener("ended", () => after && audio.close());
    }
  } catch {
    // A device without sound.
  }
}
