/** The hall's plain text as paragraphs and lists; addresses and the hotline become links. */
import { make } from "./dom.js";

const BULLET = /^[·•・]\s*(.+)$/;
const NUMBERED = /^(\d{1,2})[.、]\s*(.+)$/;
const LINK = /https?:\/\/[\w\-.~:/?#@!$&'*+,;=%]+/g;

/** `draw`: (part of a line) → what stands there; a screen that nobody may leave shows links as what they are, text. */
export function showText(text, draw = withLinks) {
  const shown = document.createDocumentFragment();
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim()) continue;
    const bullet = BULLET.exec(line);
    const numbered = NUMBERED.exec(line);
    if (bullet) listAtEnd(shown, "UL").append(make("li", {}, draw(bullet[1])));
    else if (numbered) listAtEnd(shown, "OL").append(make("li", { value: numbered[1] }, draw(numbered[2])));
    else shown.append(make("p", {}, draw(line)));
  }
  return shown;
}

/** Only web addresses become links: never javascript: and the like. */
export function isWebAddress(address) {
  return /^https?:\/\//i.test(address);
}

function listAtEnd(shown, tag) {
  if (shown.lastElementChild?.tagName !== tag) shown.append(make(tag));
  return shown.lastElementChild;
}

function withLinks(text) {
  const shown = document.createDocumentFragment();
  let at = 0;
  for (const found of text.matchAll(LINK)) {
    const address = found[0].replace(/[.,;:!?']+$/, "");
    shown.append(withHotline(text.slice(at, found.index)));
    shown.append(make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address));
    at = found.index + address.length;
  }
  shown.append(withHotline(text.slice(at)));
  return shown;
}

function withHotline(text) {
  const shown = document.createDocumentFragment();
  const hotline = document.body.dataset.hotline;
  const parts = hotline ? text.split(hotline) : [text];
  parts.forEach((part, place) => {
    shown.append(part);
    if (place === parts.length - 1) return;
    const standsAlone = !/[\d-]$/.test(part) && !/^[\d-]/.test(parts[place + 1]);
    shown.append(standsAlone ? make("a", { href: `tel:${hotline}` }, hotline) : hotline);
  });
  return shown;
}

/** Without the sentence at the end that announces what is no longer there: …写成这样就行： */
export function withoutAnnouncement(text) {
  return text.replace(/(^|[。！？\n])[^。！？\n]*：\s*$/, "$1") || text;
}
