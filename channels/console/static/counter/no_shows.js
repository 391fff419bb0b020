/** Somebody calls about a no-show: found by the code, or by name and phone; taken back, or the restriction lifted. */
import { make } from "/static/chat/dom.js";
import { momentInWords } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { sayDone } from "./notice.js";
import { askBack, onSubmit } from "./once.js";
import { words } from "./words.js";

export function attachNoShows({ form, code, name, phone, list }) {
  let officeId = "";
  let turn = 0;
  window.addEventListener("pagehide", empty);
  onSubmit(form, find);

  async function find() {
    const told = code.value.trim()
      ? { code: code.value }
      : { person: { name: name.value.trim(), phone: phone.value.trim() } };
    const mine = ++turn;
    const { no_shows: found } = await askCounter(`${path(officeId)}/no-shows/find`, { body: told });
    if (mine !== turn) return;
    list.replaceChildren(...(found.length ? found.map(row) : [make("li", { class: "soft" }, words.noNoShow)]));
  }

  function row(visit) {
    const act = (label, sure, door, done) =>
      askBack(make("button", { type: "button" }, label), sure, async () => {
        await askCounter(`${path(officeId)}/no-shows${path(visit.visit_id)}${door}`, { method: "POST" });
        sayDone(done);
        await find();
      });
    const until = visit.restricted_until && words.restrictedUntil(momentInWords(visit.restricted_until));
    return make(
      "li",
      { class: "visit" },
      make(
        "span",
        { class: "visit-words" },
        make("strong", {}, words.appealOf(visit.guide_name, momentInWords(visit.starts_at))),
        make("span", { class: "soft figure" }, words.noShowWho(visit.person, visit.code_tail, visit.counts)),
        until ? make("span", {}, until) : null,
      ),
      make(
        "span",
        { class: "row" },
        visit.counts ? act(words.excuse, words.excuseSure, "/excuse", words.granted) : null,
        until ? act(words.lift, words.liftSure, "/lift", words.lifted) : null,
      ),
    );
  }

  /** What somebody told on the phone does not stay on the page. */
  function empty() {
    turn += 1;
    form.reset();
    list.replaceChildren();
  }

  return { open: (office) => (officeId = office.office_id), leave: empty };
}
