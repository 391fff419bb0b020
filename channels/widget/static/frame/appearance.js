/** Title and colour, as the site's own tag says them. */
import { said } from "/static/chat/caller.js";

const MOST_LETTERS = 20;

export function dress(heading) {
  const title = Array.from(said("title")).slice(0, MOST_LETTERS).join("");
  if (title) heading.textContent = document.title = title;
  const color = said("color");
  if (!/^#[0-9a-f]{6}$/.test(color)) return;
  // By script: a style within the page is not allowed. White can be read on it, the loader has seen to that.
  const root = document.documentElement;
  root.dataset.site = "";
  root.style.setProperty("--site", color);
}

/** Each language of the page: what the tag says stays in the address. */
export function keepSaid(links) {
  for (const link of links) {
    const address = new URL(location.href);
    address.searchParams.set("lang", link.hreflang);
    link.href = address.pathname + address.search;
  }
}
