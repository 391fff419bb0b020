/** A page to go along on one's telephone: its code, large, to be scanned. */
import { qrOf } from "./slip.js";
import { words } from "./words.js";

export function attachTaking({ dialog, title, picture, note, close }) {
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", empty);
  return { open, leave: () => dialog.open && dialog.close() };

  /** `remark`: what becomes of it. */
  function open({ path, title: name, remark = "" }) {
    title.textContent = name;
    picture.src = qrOf(path);
    picture.alt = words.codeOfPage;
    note.textContent = remark || words.scanToRead;
    dialog.showModal();
  }

  function empty() {
    title.textContent = note.textContent = "";
    picture.removeAttribute("src");
  }
}
