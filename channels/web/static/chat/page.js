/** Puts the conversation's parts together, on whatever page it stands. */
import { watchEmergency } from "/hall-static/emergency.js";
import { attachClearing } from "./clearing.js";
import { rememberThatKnown, wasKnown } from "./acquaintance.js";
import { takeCarried } from "./carried.js";
import { attachComposer } from "./composer.js";
import { openConversation } from "./conversation.js";
import { keepInPlace } from "./in_place.js";
import { attachMyVisits } from "./my_visits.js";
import { attachPreferences } from "./preferences.js";
import { stopReadingAloud } from "./read_aloud.js";
import { attachRegion } from "./region.js";
import { toNewest, watchEnd } from "./scrolling.js";
import { guardSecondTaps } from "./second_tap.js";
import { attachSettings } from "./settings.js";
import { makeStream } from "./stream.js";
import { attachSuggestions } from "./suggestions.js";
import { askForNews } from "./visit_news.js";
import { attachVoice } from "./voice.js";
import { words } from "./words.js";

const the = (id) => document.getElementById(id);

/** `onNews()`: the hall has said something. */
export function openPage({ onNews = () => {} } = {}) {
  watchEmergency();
  attachPreferences(
    { elderMode: the("elder-mode"), extraLarge: the("extra-large"), highContrast: the("high-contrast") },
    (change) => keepInPlace(the("log"), the("composer"), change),
  );

  attachSettings({ opener: the("open-settings"), panel: the("settings") });

  const region = attachRegion(the("region"), {
    onChange: (name) => conversation.notice(words.regionChanged(name)),
  });
  let clearing = null;
  const stream = makeStream((reply, number) => {
    conversation.take(reply, number);
    askForNews();
  });
  const conversation = openConversation(the("log"), {
    region,
    isEndInSight: watchEnd(the("log"), the("log-end"), the("to-newest")),
    onGoesOn: () => clearing?.show(),
    onNews,
    onKnown: () => {
      rememberThatKnown();
      stream.open();
    },
  });
  clearing = attachClearing(
    { opener: the("clear"), place: the("clear-place") },
    { onClear: clearAll, hasConversation: () => the("log").childElementCount > 0 },
  );
  if (wasKnown()) conversation.resume();

  function clearAll() {
    conversation.clear();
    composer.clear();
  }

  document.addEventListener("visibilitychange", () => !document.hidden && wasKnown() && conversation.resume());

  const field = the("words");
  const suggestions = attachSuggestions(field, the("suggestions"), {
    onPick: (text) => composer.send(text),
  });
  const composer = attachComposer(
    { form: the("composer"), field, send: the("send"), counter: the("counter") },
    { onSend: (text) => conversation.say({ text }), suggestions, mayBeKept: conversation.mayBeKept },
  );

  attachVoice(the("speak"), field, the("not-heard"));

  const visits = attachMyVisits(
    { opener: the("my-visits"), dialog: the("visits"), list: the("visit-list"), close: the("close-visits") },
    { onBook: () => conversation.say({ text: words.bookByWords }) },
  );

  guardSecondTaps([the("log"), the("visit-list")], ".visit-actions");

  for (const button of document.querySelectorAll(".popular button")) {
    button.addEventListener("click", () => conversation.say({ text: button.textContent, payload: button.dataset.payload }));
  }
  the("print").addEventListener("click", () => print());
  addEventListener("pagehide", stopReadingAloud);
  history.scrollRestoration = "manual"; // the log was not there yet when the browser looked
  if (the("log").childElementCount) toNewest({ atOnce: true });
  takeCarried({
    isKnown: wasKnown() || the("log").childElementCount > 0,
    onAsk: (said) => conversation.say(said),
    onOffer: composer.write,
  });
  if (location.hash === "#visits") visits.open();
  return { field, toNewest };
}
