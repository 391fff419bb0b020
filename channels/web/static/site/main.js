/** A page of the site. It is whole without this: display, reading aloud, printing, and the way to the conversation. */
import { openSite } from "./page.js";

openSite();
