/** The chat page. */
import { openPage } from "./page.js";

openPage();
