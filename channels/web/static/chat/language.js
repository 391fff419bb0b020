/** In which language this page is: the service is asked for answers written so. Simplified Chinese needs no word. */

const tag = document.documentElement.lang;

/** `zh-Hant`, `en` or nothing. */
export const language = ["zh-Hant", "en"].includes(tag) ? tag : undefined;

/** The address, for what is to be read in this language. */
export function inLanguage(address) {
  return language ? `${address}${address.includes("?") ? "&" : "?"}lang=${language}` : address;
}
