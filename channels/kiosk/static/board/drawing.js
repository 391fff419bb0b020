/** The queue as the board shows it. What has not changed is not touched, so that nothing is announced twice. */
import { make } from "/static/chat/dom.js";
import { counterName } from "/hall-static/naming.js";
import { closedInWords, hoursInWords } from "/hall-static/opening.js";
import { words } from "./words.js";

const CALLS_BEFORE = 5;
/** More than this fit a television only in smaller type. */
const MANY_COUNTERS = 18;
const MANY_LINES = 5;

export function makeDrawing({ newest, before, counters, lines, waiting }) {
  const drawn = new Map();

  function draw(queue) {
    const [call, ...earlier] = queue.called;
    const isCounterCalling = (each) => each.counter === call?.counter && each.serving === call?.number;
    const closed = closedInWords(queue);
    change(newest, call ?? closed, () => (call ? newestCall(call) : nobodyCalled(closed, hoursInWords(queue))));
    const calls = earlier.slice(0, CALLS_BEFORE);
    change(before, calls, () => calls.map((each) => make("li", {}, words.calledBefore(each.number, counterName(each.counter)))));
    change(counters, [queue.counters, call], () => queue.counters.map((each) => counterTile(each, isCounterCalling(each))));
    counters.classList.toggle("many", queue.counters.length > MANY_COUNTERS);
    lines.classList.toggle("many", queue.lines.length > MANY_LINES);
    change(lines, queue.lines, () => queue.lines.map(lineRow));
    change(waiting, queue.waiting, () => [words.people(queue.waiting)]);
  }

  function change(place, content, children) {
    const now = JSON.stringify(content);
    if (drawn.get(place) === now) return;
    drawn.set(place, now);
    place.replaceChildren(...children());
  }

  return { draw };
}

function newestCall(call) {
  return [
    make("span", { class: "small-word" }, words.please),
    " ",
    make("strong", { class: "number" }, call.number),
    " ",
    make("span", { class: "small-word" }, words.to),
    " ",
    make("strong", { class: "counter" }, counterName(call.counter)),
    ...(call.calls > 1 ? [" ", make("span", { class: "again" }, words.calledAgain(call.calls))] : []),
  ];
}

function nobodyCalled(closed, hours) {
  if (!closed) return [make("span", { class: "nobody" }, words.nobodyCalled)];
  return [make("span", { class: "closed" }, closed), " ", make("span", { class: "hours" }, hours)];
}

function counterTile(counter, isNewest) {
  const isBusy = counter.state === "called" || counter.state === "serving";
  const state = isBusy ? counter.state : counter.open === false ? "resting" : "free";
  return make(
    "li",
    { class: isNewest && state === "called" ? `counter-tile ${state} newest-tile` : `counter-tile ${state}` },
    make("span", { class: "counter-name" }, counterName(counter.counter)),
    make("strong", {}, counter.serving ?? words.noOne),
    make("span", { class: "state" }, words[state]),
  );
}

function lineRow(line) {
  return make(
    "li",
    {},
    make("span", { class: "letter" }, line.letter),
    make("span", { class: "line-name" }, line.name, line.early ? make("span", { class: "early" }, words.early(line.early)) : null),
    make("strong", {}, words.people(line.ahead)),
    make("span", { class: "wait" }, line.open === false && !line.waiting ? words.noNumbers : words.wait(line.estimated_wait_minutes)),
  );
}
