/** The conversation in a frame of another page. */
import { widget } from "/static/chat/caller.js";
import { openPage } from "/static/chat/page.js";
import { dress, keepSaid } from "./appearance.js";
import { talkWithSite } from "./around.js";

dress(document.getElementById("title"));
keepSaid(document.querySelectorAll(".languages a"));
const page = openPage({ onNews: () => site?.countNews() });
const site = widget ? talkWithSite({ onShow: show }) : null;

function show({ unread, isAskedFor }) {
  if (unread) page.toNewest({ atOnce: true });
  // On a touch screen the keyboard would hide what there is to read.
  if (isAskedFor && !matchMedia("(pointer: coarse)").matches) page.field.focus({ preventScroll: true });
}
