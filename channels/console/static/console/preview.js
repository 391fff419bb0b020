/** Draws the replies of a preview as the web page does, with its sheet, apart from the console's own. */
import { drawReply } from "/static/chat/replies.js";

/** Nothing can be taken: it is a picture of an answer. */
const desk = {
  outcome: "answered",
  choose() {},
  tick() {},
  judged: () => undefined,
  judge: async () => {},
};

for (const place of document.querySelectorAll("[data-replies]")) {
  const root = place.attachShadow({ mode: "open" });
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = place.dataset.style;
  root.append(sheet);
  for (const reply of JSON.parse(place.dataset.replies)) root.append(drawReply(reply, desk));
}
