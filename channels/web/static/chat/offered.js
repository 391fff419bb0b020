/**
 * A text lists its options, for doors without buttons, each perhaps with what it would answer: · 护照换发：…。 Beside the
 * buttons it would say it all twice: there a button says it of itself.
 */

const LISTED = /^(?:\d{1,2}[.、]|[·•・])\s*(.+)$/;

/** Returns the text without what the options say, and what is said of each: label → sentence. */
export function offered({ text, options = [] }) {
  const labels = options.map(({ label }) => label);
  const about = new Map();
  const lines = text.split("\n").filter((line) => {
    const [, said = line] = LISTED.exec(line) ?? [];
    if (labels.includes(said)) return false;
    const label = said === line ? undefined : labels.find((each) => said.startsWith(`${each}：`));
    if (label) about.set(label, said.slice(label.length + 1));
    return !label;
  });
  return { text: lines.join("\n") || text, about };
}
