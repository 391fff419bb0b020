/** Everything at the screen that is read and asked: what is found by touch, guides, the conversation, what goes along. */
import { attachAsking } from "./asking.js";
import { attachFinding } from "./finding.js";
import { attachGuide } from "./guide.js";
import { makeSession } from "./session.js";
import { attachSlip } from "./slip.js";
import { attachTaking } from "./taking.js";
import { attachTalk } from "./talk.js";
import { words } from "./words.js";

const the = (id) => document.getElementById(id);

/**
 * `region`: where the hall stands. `onCode(code)`: a booking's code was scanned into a field. `ticketFor(guideId)`: how a
 * number for it is taken here, or nothing.
 */
export function attachReading({ region, hasPrinter, onCode, ticketFor }) {
  const session = makeSession(region);
  const slip = attachSlip(the("slip"), document.body.dataset.office);
  const taking = attachTaking({
    dialog: the("taking"),
    title: the("taking-title"),
    picture: the("taking-code"),
    note: the("taking-note"),
    close: the("taking-close"),
  });
  const talk = attachTalk(
    { asked: the("asked"), told: the("told"), trouble: the("answer-trouble"), again: the("answer-again"), back: the("answer-back") },
    {
      session,
      desk: {
        canPrint: hasPrinter,
        openGuide: (guideId) => guide.open(guideId),
        printList: slip.printList,
        takeList(list) {
          session.keepList();
          taking.open({ path: list.page_url, title: list.title, remark: words.listStays });
        },
      },
    },
  );
  const guide = attachGuide(
    {
      name: the("guide-name"),
      body: the("guide-body"),
      more: the("guide-more"),
      trouble: the("guide-trouble"),
      again: the("guide-again"),
      print: the("guide-print"),
      take: the("guide-take"),
    },
    { region, hasPrinter, onAsk: talk.say, onPrint: slip.printGuide, onTake: taking.open, ticketFor },
  );
  const finding = attachFinding(
    {
      popular: the("popular"),
      trouble: the("find-trouble"),
      again: the("find-again"),
      themes: the("theme-tiles"),
      theme: the("theme-guides"),
      themeName: the("theme-name"),
      events: the("event-tiles"),
      toThemes: the("to-themes"),
      toEvents: the("to-events"),
    },
    {
      onGuide: guide.open,
      onEvent: (id, title) => talk.say({ text: title, payload: `/scenario${JSON.stringify({ guide_id: id })}` }),
    },
  );
  const onAsk = (text) => talk.say({ text });
  const fields = [
    attachAsking({ form: the("find-form"), field: the("find-words"), suggestions: the("find-suggestions") }, { onAsk, onCode }),
    attachAsking({ form: the("answer-form"), field: the("answer-words"), suggestions: null }, { onAsk, onCode }),
  ];

  return { open: finding.open, leave, farewell: session.farewell };

  /** Nothing of whoever was here is left, on the screen or at the service. */
  function leave() {
    session.forget();
    for (const part of [talk, guide, finding, slip, taking, ...fields]) part.leave();
  }
}
