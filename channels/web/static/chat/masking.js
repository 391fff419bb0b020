/** What the page shows and keeps of a message that tells who somebody is. The service gets it as written. */

const DIGITS = /[０-９Ｘｘ]/g;
// As people paste numbers from cards: with spaces or dashes between the groups. Other digits around: another number.
const GAP = "[\\s\\-–—.·_]{0,2}";
const BEFORE = "(^|[^0-9])"; // no lookbehind: Safari before 16.4 would not load the page for it
const ENDED = "(?![0-9])";
const IDENTITY = new RegExp(`${BEFORE}[1-9]${`${GAP}[0-9]`.repeat(16)}${GAP}[0-9Xx]${ENDED}`, "g");
const OLD_IDENTITY = new RegExp(`${BEFORE}[1-9][0-9]{14}${ENDED}`, "g");
const MOBILE = new RegExp(`${BEFORE}(?:\\+?86${GAP}|0)?(1[3-9][0-9])((?:${GAP}[0-9]){4})${GAP}((?:[0-9]${GAP}){3}[0-9])${ENDED}`, "g");
// A number that is wrong by a digit is as private as the right one.
const NUMBER_LINE = /^([ \t]*(?:手机|电话|身份证)[^:：\n]*[:：])(?=.*\d{5}).*$/gm;
const CODE_LINE = /^([ \t]*验证码[ \t]*[:：]).*$/gm;
const NAME_LINE = /^([ \t]*(?:姓名|名字)[ \t]*[:：]).*$/m;

export function masked(text) {
  return text
    .replace(DIGITS, (wide) => wide.normalize("NFKC"))
    .replace(IDENTITY, "$1〔身份证号〕")
    .replace(OLD_IDENTITY, "$1〔身份证号〕")
    .replace(MOBILE, (_, before, first, middle, last) => `${before}${first}****${last.replace(/[^0-9]/g, "")}`)
    .replace(NUMBER_LINE, "$1〔号码〕")
    .replace(CODE_LINE, "$1〔验证码〕")
    .replace(new RegExp(NAME_LINE, "gm"), "$1〔姓名〕");
}

/** An answer to the question who comes, in the citizen's own words: beside the numbers, all of it may be the name. */
export function maskedPerson(text) {
  const shown = masked(text);
  if (shown === text || NAME_LINE.test(text)) return shown;
  const numbers = shown.match(/1[3-9]\d\*{4}\d{4}|〔[^〕]+〕/g);
  return numbers ? ["〔姓名〕", ...numbers].join(" ") : shown;
}
