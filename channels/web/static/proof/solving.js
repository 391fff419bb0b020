/**
 * Altcha's puzzle (version 2, SHA-256 over and over): which counter gives a key that begins as the challenge says?
 * Runs in a worker, or in slices on the page. Without crypto.subtle, which a page without https does not have.
 */
import { sha256 } from "../vendor/noble-hashes/sha2.js";

const ALGORITHM = "SHA-256";

/** Tries `many` counters. {counter, derivedKey} of the one that fits, or null. */
export function tryCounters({ parameters }, from, many) {
  if (parameters.algorithm !== ALGORITHM) throw new Error(`unknown puzzle: ${parameters.algorithm}`);
  const salt = bytes(parameters.salt);
  const nonce = bytes(parameters.nonce);
  const prefix = bytes(parameters.keyPrefix);
  const start = new Uint8Array(salt.length + nonce.length + 4);
  start.set(salt);
  start.set(nonce, salt.length);
  const counterAt = new DataView(start.buffer, salt.length + nonce.length);
  for (let counter = from; counter < from + many; counter += 1) {
    counterAt.setUint32(0, counter);
    let key = start;
    for (let round = 0; round < parameters.cost; round += 1) key = sha256(key);
    if (prefix.every((byte, place) => key[place] === byte)) return { counter, derivedKey: hex(key.subarray(0, parameters.keyLength)) };
  }
  return null;
}

function bytes(written) {
  return Uint8Array.from(written.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hex(key) {
  return Array.from(key, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
