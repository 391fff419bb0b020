/** What a refusal says, in the language of the page. */
import { words } from "./words.js";

/** `content`: what the service answered, if anything could be read. Empty: it does not say. */
export function sentenceOf(content, retryAfterSeconds = 0) {
  return words[content?.error]?.(retryAfterSeconds) || content?.message || "";
}
