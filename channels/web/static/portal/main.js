/** The city's page: a page of the site, with what is the visitor's own. */
import { openSite } from "../site/page.js";
import { showMine } from "./mine.js";

openSite();
showMine(document.getElementById("_mine"), document.getElementById("_mine-list"));
