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
    ...shown(byDocument(sources)),
  );
}

/** Behind a fold, where several things stand below each other and each has its own. */
export function foldedSources(sources) {
  return make("details", { class: "more-sources" }, make("summary", {}, words.basis), make("ul", {}, ...byDocument(sources).map(showDocument)));
}

/** So many documents stand open; one more is not worth a fold. */
const OPEN = 2;

function shown(documents) {
  const first = documents.length > OPEN + 1 ? documents.slice(0, OPEN) : documents;
  const rest = documents.slice(first.length);
  const list = make("ul", {}, ...first.map(showDocument));
  if (!rest.length) return [list];
  const others = make("ul", {}, ...rest.map(showDocument));
  return [list, make("details", { class: "more-sources" }, make("summary", {}, words.moreSources(rest.length)), others)];
}

/**
 * The text of every door ends with 依据：…。适用地区：…。 Here the sources stand below it, so the line would say all
 * of it twice. Any other ending stays as it is.
 */
export function withoutAttribution(text, sources) {
  const lines = text.split("\n");
  const attribution = /^依[据據]：.+。[适適]用地[区區]：([^。]+)。$/.exec(lines[lines.length - 1]);
  if (lines.length < 2 || sources.length === 0 || !attribution) return { text, regionName: "" };
  return { text: lines.slice(0, -1).join("\n"), regionName: attribution[1] };
}

function byDocument(sources) {
  const documents = new Map();
  for (const source of sources) {
    const key = [source.title, source.url, source.checked_on, source.unverified].join("\n");
    if (!documents.has(key)) documents.set(key, { ...source, articles: [] });
    if (source.article) documents.get(key).articles.push(part(source.article));
  }
  return [...documents.values()];
}

function showDocument({ title, own, articles, url, checked_on: checkedOn, unverified }) {
  const name = `${own ? title : inBrackets(title)}${articles.join("、")}`;
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

/** 《…》, but for a title that has brackets of its own. */
function inBrackets(title) {
  return title.includes("《") ? title : `《${title}》`;
}

/** A text without numbered articles is cited by the name of its part. */
function part(article) {
  return /^第.+[条條]/.test(article) ? article : `“${article}”`;
}
