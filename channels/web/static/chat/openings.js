/** Free times that the hall offers: a day, then a time; below them, other ways on. */
import { bubble, progressOf } from "./bubble.js";
import { make } from "./dom.js";
import { showOptions } from "./options.js";
import { showText, withoutAnnouncement } from "./plain_text.js";
import { timePicker } from "./time_picker.js";
import { periodOf } from "./times.js";

export function drawOpenings(reply, desk) {
  const shown = document.createDocumentFragment();
  shown.append(bubble(desk.outcome, progressOf(reply), showText(introduction(reply))));
  if (reply.openings?.length) shown.append(drawPicker(reply, desk));
  if (reply.options?.length) shown.append(showOptions(reply.options, desk.choose, { numbered: false }));
  return shown;
}

function drawPicker(reply, desk) {
  const picker = timePicker(reply.openings, {
    isOpen: ({ left, payload }) => left > 0 && Boolean(payload),
    onPick: ({ starts_at: startsAt, payload }) => desk.choose({ text: periodOf(startsAt), payload }),
  });
  const list = make("div", { class: "options openings" }, picker.element);
  list.addEventListener("retired", () => {
    const chosen = list.querySelector(".chosen");
    if (chosen) picker.reveal(chosen);
  });
  return list;
}

/** The text lists the times and the other ways on for doors without buttons: here they would be said twice. */
function introduction({ text, options = [] }) {
  const listsTimes = (line) => /\d{1,2}[.、]\s*\d{1,2}:\d{2}/.test(line);
  const listsWaysOn = (line) => options.length > 0 && options.every(({ label }) => line.includes(label));
  const lines = text.split("\n").filter((line) => !listsTimes(line) && !listsWaysOn(line));
  return withoutAnnouncement(lines.join("\n")) || text;
}
