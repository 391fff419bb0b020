/**
 * 清空对话: asked once, in place. The conversation alone, or on a shared device everything of this visitor, so that the
 * next one finds a page that nobody has used.
 */
import { forgetConversation, forgetVisitor } from "./api.js";
import { make } from "./dom.js";
import { stopNotifying } from "./notifying.js";
import { fetchAppointments } from "./visits_api.js";
import { inFives } from "./visit_facts.js";
import { words } from "./words.js";

const AHEAD = new Set(["booked", "checked_in", "called", "serving"]);
/** In the address of the fresh page: it says what was done, and nothing need be kept for that. */
const CLEARED = "#cleared";

/** `onClear()`: the service has forgotten the conversation; the page shall, too. `hasConversation()`. */
export function attachClearing({ opener, place }, { onClear, hasConversation }) {
  opener.addEventListener("click", ask);
  if (location.hash === CLEARED) sayCleared();
  show();
  return { show };

  /** There is something to clear, or not. */
  function show() {
    opener.hidden = !hasConversation();
  }

  function ask() {
    const question = make("p", { id: "clear-question", tabindex: "-1" }, words.clearQuestion);
    const codes = make("p", { class: "note", "aria-live": "polite" });
    const fault = make("p", { class: "fault", "aria-live": "polite" });
    const clear = action(words.clearConversation, "primary", forgetConversation, end);
    const leave = action(words.clearDevice, "plain", forgetVisitor, leaveNothing);
    const keep = make("button", { type: "button", class: "plain", onclick: close }, words.keepConversation);
    place.replaceChildren(
      make("div", { class: "confirm", role: "group", "aria-labelledby": question.id }, question, codes, make("div", { class: "visit-actions" }, clear, leave, keep), fault),
    );
    opener.hidden = true;
    question.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
    nameCodes(codes).then(() => place.scrollIntoView({ block: "nearest" }));

    function action(label, rank, forget, onForgotten) {
      const button = make("button", { type: "button", class: rank }, label);
      button.addEventListener("click", async () => {
        if (place.querySelector('[aria-busy="true"]')) return;
        button.setAttribute("aria-busy", "true");
        try {
          await forget();
          await onForgotten();
        } catch (refused) {
          fault.textContent = refused.message;
        }
        button.setAttribute("aria-busy", "false");
      });
      return button;
    }
  }

  function close() {
    place.replaceChildren();
    show();
    opener.focus();
  }

  function end() {
    onClear();
    place.replaceChildren();
    sayCleared();
    show();
  }

  function sayCleared() {
    const said = make("p", { class: "note", tabindex: "-1" }, words.cleared);
    place.replaceChildren(said);
    if (location.hash === CLEARED) history.replaceState(null, "", location.pathname + location.search);
    else said.focus({ preventScroll: true });
  }
}

/** Whoever leaves the device needs the code at the hall: the page will no longer show it. */
async function nameCodes(place) {
  const ahead = (await fetchAppointments().catch(() => [])).filter(({ status }) => AHEAD.has(status));
  if (!ahead.length) return;
  place.append(words.writeDownCodes, ...ahead.flatMap(({ code }) => [" ", make("span", { class: "code small-code" }, ...inFives(code))]));
}

async function leaveNothing() {
  await stopNotifying().catch(() => {});
  for (const storage of [() => sessionStorage, () => localStorage]) {
    try {
      for (const name of Object.keys(storage())) if (name.startsWith("wenban.")) storage().removeItem(name);
    } catch {
      // Closed to us: then nothing was kept.
    }
  }
  // Whatever the page holds in memory goes with it; the next one cannot go back to it.
  location.replace(`${location.pathname}${location.search}${CLEARED}`);
  location.reload();
}
