/** What the page shows and keeps of a message that tells who somebody is. The service gets it as written. */

const SPOKEN = "〇零○洞0一幺壹1二贰2三叁3四肆4五5六6七柒拐7八捌8九玖勾9";
const UNSEEN = /[\p{Mn}\p{Me}\p{Cf}]/u; // of a keycap, or of no width
// As people paste numbers from cards: with anything between the groups. Other digits around: another number.
const GAP = "[\\s\\-–—ー.·•・_/\\\\|~]{0,4}";
const BEFORE = "(^|[^0-9])"; // no lookbehind: Safari before 16.4 would not load the page for it
const ENDED = "(?![0-9])";
const IDENTITY = new RegExp(`${BEFORE}[1-9]${`${GAP}[0-9]`.repeat(16)}${GAP}[0-9Xx]${ENDED}`, "g");
const OLD_IDENTITY = new RegExp(`${BEFORE}[1-9][0-9]{14}${ENDED}`, "g");
const MOBILE = new RegExp(`${BEFORE}(?:\\+?(?:00)?86${GAP}|0)?1${GAP}[3-9]${`${GAP}[0-9]`.repeat(9)}${ENDED}`, "g");
// A number that is wrong by a digit is as private as the right one.
const NUMBER_LINE = /^([ \t]*(?:手机|电话|身份证)[^:：\n]*[:：])(?=.*\d{5}).*$/gm;
const NAME_LINE = /^([ \t]*(?:姓名|名字)[ \t]*[:：]).*$/m;

export function masked(text) {
  const hidden = [[IDENTITY, identity], [OLD_IDENTITY, identity], [MOBILE, mobile]];
  return hidden
    .reduce((shown, [pattern, hint]) => replaceFolded(shown, pattern, hint), text)
    .replace(NUMBER_LINE, "$1〔号码〕")
    .replace(new RegExp(NAME_LINE, "gm"), "$1〔姓名〕");
}

/** An answer to the question who comes, in the citizen's own words: beside the numbers, all of it may be the name. */
export function maskedPerson(text) {
  const shown = masked(text);
  if (shown === text || NAME_LINE.test(text)) return shown;
  const numbers = shown.match(/1[3-9]\d\*{4}\d{4}|〔[^〕]+〕/g);
  return numbers ? ["〔姓名〕", ...numbers].join(" ") : shown;
}

function identity() {
  return "〔身份证号〕";
}

function mobile(found) {
  const digits = found.replace(/[^0-9]/g, "").slice(-11);
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** Found where digits are read in whatever form, and cut out of the text as it was written. */
function replaceFolded(text, pattern, hint) {
  const { said, places } = folded(text);
  let shown = "";
  let done = 0;
  for (const found of said.matchAll(pattern)) {
    const number = found[0].slice(found[1].length);
    const start = places[found.index + found[1].length];
    shown += text.slice(done, start) + hint(number);
    done = places[found.index + found[0].length];
  }
  return shown + text.slice(done);
}

/** １, ①, 1️⃣, 一 and 壹 as 1. `places`: where each letter of `said` stands in the text, and the end of the text. */
function folded(text) {
  let said = "";
  const places = [];
  let at = 0;
  for (const letter of text) {
    const plain = UNSEEN.test(letter) ? "" : plainly(letter);
    said += plain;
    for (let count = 0; count < plain.length; count += 1) places.push(at);
    at += letter.length;
  }
  return { said, places: [...places, text.length] };
}

function plainly(letter) {
  const spoken = SPOKEN.indexOf(letter);
  return spoken < 0 ? letter.normalize("NFKC") : SPOKEN.slice(spoken).match(/[0-9]/)[0];
}
