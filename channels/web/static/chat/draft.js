/** What was begun in the field and not sent: it survives a reload, and ends with the conversation. */
import { inThisTab } from "./kept.js";

export const keepWords = (text) => inThisTab.set("draft", text);
export const keptWords = () => inThisTab.get("draft");
