/** The code of an appointment: which characters it has, and what a scanner makes of its QR code. */

export const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
export const CODE_LENGTH = 10;
const PREFIX = "WENBAN";

/** One more character; the oldest goes when there are too many, so that a second scan replaces the first. */
export function withCharacter(code, character) {
  return (code + character).slice(-CODE_LENGTH);
}

/** After the colon of `WENBAN:` only what follows counts. */
export const withoutPrefix = (code) => (code.endsWith(PREFIX) ? "" : code);
