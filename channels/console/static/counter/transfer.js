/** Which counter a citizen is sent on to. */
import { make } from "/static/chat/dom.js";
import { counterName } from "/hall-static/naming.js";

export function attachTransfer({ dialog, counters, cancel }) {
  let settle = () => {};

  dialog.addEventListener("close", () => settle(""));
  cancel.addEventListener("click", () => dialog.close());

  /** A counter's label; empty when the clerk thought better of it. */
  return function chooseCounter(others) {
    const lines = new Map();
    for (const { counter, line } of others) {
      lines.set(line, [...(lines.get(line) ?? []), counter]);
    }
    counters.replaceChildren(
      ...[...lines].map(([line, labels]) =>
        make("section", {}, make("h3", { class: "soft" }, line), make("div", { class: "row" }, ...labels.map(choice))),
      ),
    );
    dialog.showModal();
    return new Promise((resolve) => (settle = resolve));
  };

  function choice(label) {
    return make("button", { type: "button", onclick: () => choose(label) }, counterName(label));
  }

  function choose(label) {
    settle(label);
    dialog.close();
  }
}
