/** The list of keys, opened with a question mark. */
import { button, element } from "../elements";
import { icon } from "../icons";

/** keys, what they do, and the kinds of page on which they do it (none: on all) */
const KEYS: readonly (readonly [string[], string, string?])[] = [
  [["/"], "search or filter"],
  [["g", "w"], "go to the workspace"],
  [["g", "r"], "go to the runs"],
  [["g", "c"], "go to the comparison"],
  [["g", "p"], "go to the reports"],
  [["j"], "next run", "run"],
  [["k"], "previous run", "run"],
  [["j"], "next run", "workspace"],
  [["k"], "previous run", "workspace"],
  [["["], "earlier step of the media", "run"],
  [["]"], "later step of the media", "run"],
  [["[", "]"], "step through the media", "compare"],
  [["Enter"], "open the run of the row", "runs"],
  [["Shift", "click"], "sort by several columns", "runs"],
  [["Space"], "tick the run, or open the menu of the column", "runs"],
  [["x"], "show or hide the run in the workspace", "runs"],
  [["b"], "compare all runs with this one", "runs"],
  [["Ctrl", "C"], "copy the whole value of a cell", "runs"],
  [["x"], "show or hide the run", "workspace"],
  [["o"], "show only this run, or all again", "workspace"],
  [["f"], "panel on the full screen", "workspace"],
  [["↑", "↓"], "other panel, on the full screen", "workspace"],
  [["Esc"], "close or leave"],
  [["?"], "this list"],
];

let dialog: HTMLDialogElement | null = null;

function keyList(): HTMLElement {
  const list = element("dl", { class: "help-keys" });
  for (const [keys, what, kind] of KEYS) {
    if (kind && !document.body.classList.contains(`kind-${kind}`)) continue;
    const term = element("dt");
    for (const key of keys) term.append(element("kbd", {}, key), " ");
    list.append(term, element("dd", {}, what));
  }
  return list;
}

/** Opens the list, or closes it. */
export function openHelp(): void {
  if (!dialog) {
    const close = button("Close", icon("close"), () => dialog?.close());
    close.className = "icon-button";
    const head = element("header", {}, element("h2", {}, "Keys"), close);
    dialog = element("dialog", { class: "help", "aria-label": "Keys" }, head, keyList());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog?.close());
    document.body.append(dialog);
  }
  if (dialog.open) dialog.close();
  else dialog.showModal();
}
