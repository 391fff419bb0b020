/** A number for somebody at the counter: by the code of the booking, or for an item. */
import { newKey } from "/hall-static/ask.js";
import { timeOf } from "/hall-static/times.js";
import { askCounter, path } from "./api.js";
import { itemGroups } from "./items.js";
import { onSubmit } from "./once.js";
import { words } from "./words.js";

export function attachNumbers({ checkIn, code, walkIn, item, given }, { onGiven }) {
  let officeId = "";
  /** Stays the same until there is an answer, so that a lost one does not cost a second number. */
  let key = newKey();

  onSubmit(checkIn, async () => {
    given.textContent = "";
    const { ticket } = await askCounter(`${path(officeId)}/check-in`, { body: { code: code.value } });
    code.value = "";
    show(ticket);
  });
  onSubmit(walkIn, async () => {
    given.textContent = "";
    const headers = { "Idempotency-Key": key };
    const { ticket } = await askCounter(`${path(officeId)}/tickets`, { body: { guide_id: item.value }, headers });
    key = newKey();
    show(ticket);
  });

  item.addEventListener("change", () => (key = newKey()));

  function show(ticket) {
    given.textContent = ticket.first_from ? words.givenEarly(ticket.number, timeOf(ticket.first_from)) : words.given(ticket.number, ticket.ahead);
    onGiven();
  }

  /** `line`: whose items come first. */
  return function open(office, line) {
    officeId = office.office_id;
    given.textContent = "";
    const ordered = [line, ...office.lines.filter((each) => each !== line)];
    item.replaceChildren(...itemGroups(ordered));
  };
}
