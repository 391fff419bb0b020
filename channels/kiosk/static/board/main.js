/** Asks for the queue every two seconds, and keeps the last answer when the network fails. */
import { ask } from "/hall-static/ask.js";
import { watchEmergency } from "/hall-static/emergency.js";
import { timeOf } from "/hall-static/times.js";
import { inLanguage } from "/static/chat/language.js";
import { makeCallWatch } from "./calls.js";
import { makeDrawing } from "./drawing.js";
import { attachVoice } from "./voice.js";
import { words } from "./words.js";

const EVERY_MS = 2000;
const the = (id) => document.getElementById(id);
watchEmergency();
const address = inLanguage(`/api/queue/${encodeURIComponent(document.body.dataset.office)}`);

const drawing = makeDrawing({
  newest: the("newest"),
  before: the("before"),
  counters: the("counters"),
  lines: the("lines"),
  waiting: the("waiting"),
});
const voice = attachVoice(the("aloud"));
const newCalls = makeCallWatch();
let lastSeen = "";
let timer = 0;

async function look() {
  clearTimeout(timer);
  try {
    const queue = await ask(address);
    drawing.draw(queue);
    newCalls(queue).forEach(voice.say);
    lastSeen = queue.as_of;
    the("cut-off").hidden = true;
  } catch {
    sayCutOff();
  }
  the("clock").textContent = timeOf(Date.now());
  clearTimeout(timer);
  timer = setTimeout(look, EVERY_MS);
}

function sayCutOff() {
  const sentence = words.cutOff(lastSeen && timeOf(lastSeen));
  const place = the("cut-off");
  if (place.hidden || place.textContent !== sentence) place.textContent = sentence;
  place.hidden = false;
}

// A phone that was in a pocket must not show an old call until the next look.
document.addEventListener("visibilitychange", () => document.hidden || look());
look();
