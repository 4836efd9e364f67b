/** The list of keys, opened with a question mark. */
import { button, element } from "../elements";
import { icon } from "../icons";

/** keys, what they do, and what must be on the page for them to do it */
export type Key = readonly [keys: readonly string[], what: string, needs: string];

let dialog: HTMLDialogElement | null = null;

function keyList(all: readonly Key[]): HTMLElement {
  const list = element("dl", { class: "help-keys" });
  for (const [keys, what] of all) {
    const term = element("dt");
    for (const key of keys) term.append(element("kbd", {}, key), " ");
    list.append(term, element("dd", {}, what));
  }
  return list;
}

/** Opens the list, or closes it. */
export function openHelp(keys: readonly Key[]): void {
  if (!dialog) {
    const close = button("Close", icon("close"), () => dialog?.close());
    close.className = "icon-button";
    dialog = element("dialog", { class: "help", "aria-label": "Keys" }, element("header", {}, element("h2", {}, "Keys"), close));
    dialog.addEventListener("click", (event) => event.target === dialog && dialog?.close());
    document.body.append(dialog);
  }
  if (dialog.open) return dialog.close();
  dialog.querySelector("dl")?.remove();
  dialog.append(keyList(keys));
  dialog.showModal();
}
