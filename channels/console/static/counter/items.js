/** What an office does, line by line, to choose from. */
import { make } from "/static/chat/dom.js";

export const itemGroups = (lines) =>
  lines.map((line) =>
    make("optgroup", { label: line.name }, ...line.items.map((each) => make("option", { value: each.guide_id }, each.guide_name))),
  );
