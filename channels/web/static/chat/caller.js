/**
 * Who asks: the visitor whom our cookie names. In a frame of another site the page is a widget, with a name and a cookie
 * of its own; where the browser refuses that cookie, the token stays in this page's memory, and goes with it.
 */

const asked = new URLSearchParams(location.search);
/** `[a-z0-9]{1,16}`; empty: this page stands in no frame. */
export const widget = window === parent ? "" : (/^[a-z0-9]{1,16}$/.exec(asked.get("name"))?.[0] ?? "1");
const isAmongStrangers = Boolean(widget) && !isOurs(top);
/** What a widget keeps is its own; on our own pages it is the same visitor's as the page's. */
export const keptApart = isAmongStrangers ? widget : "";
const OWN_PAGE = { "X-Wenban-Page": isAmongStrangers ? `widget-${widget}` : "1" };

let token = "";
let isCookieKept = !isAmongStrangers;

/** What the widget's own tag says; nothing where anybody could have written the address. */
export const said = (name) => (widget ? (asked.get(name) ?? "") : "");

/** With every call. The cookie counts only together with them. */
export const callersHeaders = () => (token ? { ...OWN_PAGE, Authorization: `Bearer ${token}` } : OWN_PAGE);

/** The service says by which token it knows us. */
export function learn(given) {
  if (isCookieKept) return;
  const isFirst = !token;
  token = given;
  if (isFirst) seeWhetherKept();
}

/** The token is not taken any more: from now on the cookie counts, if there is one. */
export function forgetToken() {
  token = "";
}

async function seeWhetherKept() {
  const response = await fetch("/api/chat/messages?limit=1", { headers: OWN_PAGE, credentials: "same-origin" }).catch(() => null);
  if (!response?.ok) return;
  isCookieKept = true;
  token = "";
}

function isOurs(page) {
  try {
    return page.location.origin === location.origin;
  } catch {
    return false;
  }
}
