/** Names and what they stand for; those without a value are left out. */
import { make } from "/static/chat/dom.js";

export const factList = (facts) =>
  make(
    "dl",
    { class: "facts figure" },
    ...facts.filter(([, value]) => value).map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))),
  );
