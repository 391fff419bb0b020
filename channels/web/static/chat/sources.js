/** What an answer rests on, below it. Articles of one document share a line. */
import { make, unseen } from "./dom.js";
import { isWebAddress } from "./plain_text.js";
import { words } from "./words.js";

export function showSources(sources, regionName) {
  const heading = regionName ? words.basisFor(regionName) : words.basis;
  return make(
    "section",
    { class: "sources", "aria-label": words.basis },
    make("p", { class: "caption" }, heading),
    make("ul", {}, ...byDocument(sources).map(showDocument)),
  );
}

/**
 * The text of every door ends with 依据：…。适用地区：…。 Here the sources stand below it, so the line would say all
 * of it twice. Any other ending stays as it is.
 */
export function withoutAttribution(text, sources) {
  const lines = text.split("\n");
  const last = lines[lines.length - 1];
  const isAttribution = last.startsWith("依据：") && sources.every((source) => last.includes(source.title));
  if (lines.length < 2 || sources.length === 0 || !isAttribution) return { text, regionName: "" };
  return { text: lines.slice(0, -1).join("\n"), regionName: /适用地区：([^。]+)。$/.exec(last)?.[1] ?? "" };
}

function byDocument(sources) {
  const documents = new Map();
  for (const source of sources) {
    const key = [source.title, source.url, source.checked_on, source.unverified].join("\n");
    if (!documents.has(key)) documents.set(key, { ...source, articles: [] });
    if (source.article) documents.get(key).articles.push(source.article);
  }
  return [...documents.values()];
}

function showDocument({ title, articles, url, checked_on: checkedOn, unverified }) {
  const name = `${named(title)}${articles.join("、")}`;
  const link = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return make(
    "li",
    {},
    isWebAddress(url) ? make("a", link, name, unseen(words.newWindow)) : make("span", {}, name),
    ...standing(unverified, checkedOn).flatMap((mark) => [" ", mark]),
  );
}

/** What the hall says of itself is held against no text, so it has no day. */
function standing(unverified, checkedOn) {
  if (unverified) return [make("span", { class: "unverified" }, words.unverified)];
  return checkedOn ? [make("span", { class: "checked" }, words.checkedOn(checkedOn))] : [];
}

/** A law's name stands in 《》; one that has them already, and a guide of our own, does not get more. */
function named(title) {
  return /《|数据）$|指南$/.test(title) ? title : `《${title}》`;
}
