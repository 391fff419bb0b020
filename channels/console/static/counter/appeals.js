/** Citizens who say that a no-show should not count. */
import { make } from "/static/chat/dom.js";
import { momentInWords } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { sayDone, sayTrouble } from "./notice.js";
import { once } from "./once.js";
import { words } from "./words.js";

export function attachAppeals(list) {
  let officeId = "";

  async function refresh() {
    try {
      const { appeals } = await askCounter(`${path(officeId)}/appeals`);
      list.replaceChildren(...(appeals.length ? appeals.map(row) : [make("li", { class: "soft" }, words.noAppeals)]));
    } catch (fault) {
      sayTrouble(fault.message);
    }
  }

  function row(appeal) {
    const buttons = [
      make("button", { type: "button", onclick: () => decide(true) }, words.grant),
      make("button", { type: "button", onclick: () => decide(false) }, words.deny),
    ];
    const decide = once(buttons, async (grant) => {
      await askCounter(`${path(officeId)}/appeals${path(appeal.visit_id)}`, { body: { grant } });
      sayDone(grant ? words.granted : words.denied);
      await refresh();
    });
    return make(
      "li",
      { class: "visit" },
      make(
        "span",
        { class: "visit-words" },
        make("strong", {}, words.appealOf(appeal.guide_name, momentInWords(appeal.starts_at))),
        make("span", {}, appeal.reason),
        make("span", { class: "soft figure" }, words.madeAt(momentInWords(appeal.made_at))),
      ),
      make("span", { class: "row" }, ...buttons),
    );
  }

  return function open(office) {
    officeId = office.office_id;
    return refresh();
  };
}
