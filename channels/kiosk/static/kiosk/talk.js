/** The conversation at the screen: one question and its answer at a time. */
import { newKey } from "/hall-static/ask.js";
import { make } from "/static/chat/dom.js";
import { masked, maskedPerson } from "/static/chat/masking.js";
import { drawReply } from "./replies.js";
import { goBack, sayTrouble, show } from "./screens.js";
import { words } from "./words.js";

/** As the hall hears it, in whatever language the screen is. */
const STEP_BACK = "上一步";

/** `desk`: as replies.js wants it, but `choose`. `session`: see session.js. */
export function attachTalk({ asked, told, trouble, again, back }, { session, desk }) {
  let turn = 0;
  let last = null;
  /** In the middle of a life event 上一步 is the question before. */
  let hasQuestionBefore = false;
  /** Then all of the answer may be a name, and the next in line reads along. */
  let asksWhoComes = false;

  again.addEventListener("click", () => last && send(last));
  back.addEventListener("click", () => (hasQuestionBefore ? say({ text: STEP_BACK }) : goBack()));
  return { say, leave };

  /** `said`: {text} as typed, {text, payload} of a button, or {text, shown} where other words were pressed than go out. */
  function say(said) {
    send({ said, key: newKey() });
  }

  async function send(message) {
    const mine = ++turn;
    last = message;
    const { text, payload, shown } = message.said;
    show("answer");
    asked.textContent = words.youSaid(shown ?? (asksWhoComes ? maskedPerson(text) : masked(text)));
    told.replaceChildren(make("p", { class: "waiting" }, words.searching));
    told.setAttribute("aria-busy", "true");
    hasQuestionBefore = false;
    again.hidden = true;
    sayTrouble(trouble, "");
    try {
      const answer = await session.say(payload ? { payload } : { text }, message.key, () => mine === turn && told.replaceChildren(make("p", { class: "waiting" }, words.proving)));
      if (mine !== turn || !answer) return;
      asksWhoComes = answer.replies.some(({ fields }) => fields?.length);
      hasQuestionBefore = answer.replies.some(({ scenario_id: event, progress }) => event && progress?.step > 1);
      told.replaceChildren(...answer.replies.flatMap((reply) => drawReply(reply, { ...desk, choose: say })).filter(Boolean));
    } catch (fault) {
      if (mine !== turn) return;
      told.replaceChildren();
      sayTrouble(trouble, fault.message);
      again.hidden = false;
    } finally {
      if (mine === turn) told.removeAttribute("aria-busy");
    }
  }

  function leave() {
    turn += 1;
    last = null;
    hasQuestionBefore = false;
    asksWhoComes = false;
    asked.textContent = "";
    told.replaceChildren();
    told.removeAttribute("aria-busy");
    again.hidden = true;
    sayTrouble(trouble, "");
  }
}
