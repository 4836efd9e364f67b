/** The bar above a runs table: how many runs, the filter, grouping, columns, downloads; or what is offered for ticked runs. */
import { button, element } from "../elements";
import { icon, svgIcon } from "../icons";
import columnsIcon from "lucide-static/icons/columns-3.svg";
import downloadIcon from "lucide-static/icons/download.svg";
import diffIcon from "lucide-static/icons/diff.svg";
import groupIcon from "lucide-static/icons/layers.svg";
import { filterBox } from "./filter_box";
import { selectionBar, type SelectionEvents } from "./selection";
import type { TableState } from "./state";
import type { TableView } from "./view";

export interface ToolbarEvents extends SelectionEvents {
  filter: (text: string) => void;
  group: (anchor: HTMLElement) => void;
  differing: (on: boolean) => void;
  columns: (anchor: HTMLElement) => void;
  download: (anchor: HTMLElement) => void;
  noBaseline: () => void;
}

/** A table in a report has a filter only when it is longer than what an eye takes in. */
const WORTH_FILTERING = 12;

export interface Toolbar {
  bar: HTMLElement;
  error: HTMLElement;
  input: HTMLInputElement;
  update: (state: TableState, view: TableView, labels: { group: string[]; baseline: string }) => void;
}

function withLabel(label: string, source: string, act: (event: MouseEvent) => void): HTMLButtonElement {
  const content = element("span", { class: "button-label" }, label);
  const made = button(label, svgIcon(source), act);
  made.className = "button";
  made.append(content);
  return made;
}

function opening(label: string, source: string, act: (anchor: HTMLElement) => void): HTMLButtonElement {
  const made = withLabel(label, source, () => act(made));
  made.setAttribute("aria-haspopup", "dialog");
  return made;
}

/** How many runs pass, in words. */
export function countText(shown: number, total: number, brief = false): string {
  if (brief && shown === total) return `${total} ${total === 1 ? "run" : "runs"}`;
  return `${shown} of ${total} ${total === 1 ? "run" : "runs"}`;
}

/** The bar and the line for errors below it; a quiet one, in a report, has less in it. */
export function tableToolbar(events: ToolbarEvents, quiet: { total: number } | null): Toolbar {
  const count = element("span", { class: "table-count", role: "status" });
  const filter = filterBox(events.filter);
  const group = opening("Group", groupIcon, events.group);
  const differing = withLabel("Differing", diffIcon, () => events.differing(differing.getAttribute("aria-pressed") !== "true"));
  differing.title = "Only columns in which the runs differ";
  const columns = opening("Columns", columnsIcon, events.columns);
  const download = opening("Download", downloadIcon, events.download);
  const baselineName = element("span", { class: "filter-text" });
  const away = button("Compare with no baseline", icon("close"), events.noBaseline);
  away.className = "filter-away";
  const baseline = element("span", { class: "filter-chip table-baseline", hidden: true }, baselineName, away);
  const tools = element("div", { class: "table-tools" }, baseline, group, differing, columns, download);
  const selection = selectionBar(events);
  const error = element("p", { class: "table-error", role: "status", hidden: true });
  const quietSearch = quiet && quiet.total > WORTH_FILTERING ? filter.root : null;
  return {
    bar: quiet
      ? element("div", { class: "table-bar table-bar-quiet" }, count, quietSearch, columns, download)
      : element("div", { class: "table-bar" }, count, filter.root, tools, selection.root),
    error,
    input: filter.input,
    update(state, view, labels) {
      count.textContent = countText(view.runs.length, view.all.length, Boolean(quiet));
      filter.show(state.filter, Boolean(view.error));
      differing.setAttribute("aria-pressed", String(state.differing));
      group.setAttribute("aria-pressed", String(labels.group.length > 0));
      const text = labels.group.length ? `Group: ${labels.group.join(", ")}` : "Group";
      (group.querySelector(".button-label") as HTMLElement).textContent = text;
      group.title = group.ariaLabel = text;
      baseline.hidden = !labels.baseline;
      baselineName.textContent = `against ${labels.baseline}`;
      tools.hidden = state.selected.size > 0;
      selection.update(state, labels.baseline);
      error.hidden = !view.error;
      error.textContent = view.error;
    },
  };
}
