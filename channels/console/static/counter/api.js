/** The staff's doors. When the login is over, whoever asked is sent to log in again. */
import { ask } from "/hall-static/ask.js";

let sendToLogin = () => {};

export function whenSignedOut(handler) {
  sendToLogin = handler;
}

export async function askCounter(address, options) {
  try {
    return await ask(`/api/counter${address}`, options);
  } catch (fault) {
    if (fault.status === 401) sendToLogin();
    throw fault;
  }
}

/** The parts of an address, whatever is in them. */
export const path = (...parts) => parts.map((part) => `/${encodeURIComponent(part)}`).join("");
