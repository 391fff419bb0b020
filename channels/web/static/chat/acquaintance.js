/**
 * Whether the service may know this visitor: the cookie that says who it is no script sees. Asked for a newcomer's
 * conversation, it would only refuse.
 */

const KEPT_AS = "wenban.known";

export function rememberThatKnown() {
  try {
    localStorage.setItem(KEPT_AS, "yes");
  } catch {
    // Then another tab begins without what was said here.
  }
}

export function wasKnown() {
  try {
    return localStorage.getItem(KEPT_AS) === "yes";
  } catch {
    return false;
  }
}
