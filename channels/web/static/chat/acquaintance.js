/**
 * Whether the service may know this visitor: the cookie that says who it is no script sees. Asked for a newcomer's
 * conversation, it would only refuse.
 */
import { onThisDevice } from "./kept.js";

export const rememberThatKnown = () => onThisDevice.set("known", "yes");
export const wasKnown = () => onThisDevice.get("known") === "yes";
