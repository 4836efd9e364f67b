/** What is offered for ticked runs: it stands where the tools of the table are otherwise, so that nothing moves. */
import { button, element } from "../elements";
import { icon } from "../icons";
import type { TableState } from "./state";

export interface SelectionEvents {
  /** addresses for the ticked runs */
  compareUrl: () => string;
  workspaceUrl: () => string;
  markdown: () => Promise<void>;
  csv: () => void;
  baseline: (run: number) => void;
  /** Closes or opens the eyes of the ticked runs. */
  eyes: (shown: boolean) => void;
  clear: () => void;
}

const COPIED_FOR = 1200;

function action(label: string, act: () => void): HTMLButtonElement {
  const made = button(label, label, act);
  made.className = "button";
  return made;
}

/** The bar, and how it is told what is ticked. */
export function selectionBar(events: SelectionEvents): { root: HTMLElement; update: (state: TableState, baseline: string) => void } {
  const count = element("span", { class: "selection-count", role: "status" });
  const compare = element("a", { class: "button" }, "Compare");
  const workspace = element("a", { class: "button" }, "Show in workspace");
  const markdown = action("Copy as Markdown", () => {
    void events.markdown().then(() => {
      markdown.textContent = "Copied";
      setTimeout(() => (markdown.textContent = "Copy as Markdown"), COPIED_FOR);
    });
  });
  let only = -1;
  const baseline = action("Use as baseline", () => events.baseline(only));
  const clear = button("Select none", icon("close"), events.clear);
  clear.className = "icon-button";
  const root = element(
    "div",
    { class: "table-tools table-selection", hidden: true },
    count,
    compare,
    workspace,
    baseline,
    action("Show", () => events.eyes(true)),
    action("Hide", () => events.eyes(false)),
    markdown,
    action("CSV", events.csv),
    clear,
  );
  return {
    root,
    update({ selected }) {
      root.hidden = selected.size === 0;
      if (root.hidden) return;
      only = selected.size === 1 ? ([...selected][0] ?? -1) : -1;
      count.textContent = `${selected.size} selected`;
      compare.href = events.compareUrl();
      workspace.href = events.workspaceUrl();
      compare.hidden = selected.size < 2;
      baseline.hidden = only < 0;
    },
  };
}
