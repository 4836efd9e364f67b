/** The bar above a runs table: how many runs, the filter, grouping, columns, download. */
import { button, element } from "../elements";
import { icon, svgIcon } from "../icons";
import type { Column } from "../types";
import columnsIcon from "lucide-static/icons/columns-3.svg";
import downloadIcon from "lucide-static/icons/download.svg";
import diffIcon from "lucide-static/icons/diff.svg";
import type { TableState } from "./state";
import type { TableView } from "./view";

export interface ToolbarEvents {
  filter: (text: string) => void;
  group: (key: string) => void;
  differing: (on: boolean) => void;
  columns: (anchor: HTMLElement) => void;
  download: () => void;
}

const TYPING = 120;
/** A table in a report has a filter only when it is longer than what an eye takes in. */
const WORTH_FILTERING = 12;

export interface Toolbar {
  bar: HTMLElement;
  error: HTMLElement;
  input: HTMLInputElement;
  update: (state: TableState, view: TableView) => void;
}

/** Columns that make sense to group by: not those with a value of its own for nearly every run. */
function groupable(columns: readonly Column[]): Column[] {
  return columns.filter((column) => {
    if (column.key === "name" || column.type === "time" || column.type === "duration" || column.key === "notes") return false;
    if (column.group === "summary" && column.type === "number") return false;
    const values = new Set(column.values.map(String));
    return values.size > 1 && values.size <= Math.max(2, column.values.length / 2);
  });
}

function groupSelect(columns: readonly Column[], choose: (key: string) => void): HTMLSelectElement {
  const select = element("select", { class: "select", "aria-label": "Group by" });
  select.append(element("option", { value: "" }, "No groups"));
  for (const column of groupable(columns)) {
    select.append(element("option", { value: column.key }, `By ${column.label}`));
  }
  select.addEventListener("change", () => choose(select.value));
  return select;
}

function withLabel(label: string, source: string, act: (event: MouseEvent) => void): HTMLButtonElement {
  const content = element("span", { class: "button-label" }, label);
  const made = button(label, svgIcon(source), act);
  made.className = "button";
  made.removeAttribute("aria-label");
  made.append(content);
  return made;
}

/** How many runs pass, in words. */
export function countText(shown: number, total: number, brief = false): string {
  if (brief && shown === total) return `${total} ${total === 1 ? "run" : "runs"}`;
  return `${shown} of ${total} ${total === 1 ? "run" : "runs"}`;
}

/** The bar and the line for errors below it; a quiet one, in a report, has less in it. */
export function tableToolbar(columns: readonly Column[], events: ToolbarEvents, quiet: { total: number } | null): Toolbar {
  const count = element("span", { class: "table-count", role: "status" });
  const input = element("input", {
    class: "input",
    type: "search",
    spellcheck: "false",
    autocomplete: "off",
    placeholder: 'config.lr < 0.01 && "baseline" in tags',
    "aria-label": "Filter runs by an expression or by words in their names and tags",
  });
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => events.filter(input.value), TYPING);
  });
  const search = element("div", { class: "search-box" });
  search.append(icon("search"), input);
  const select = groupSelect(columns, events.group);
  const differing = withLabel("Differing", diffIcon, () => events.differing(differing.getAttribute("aria-pressed") !== "true"));
  differing.title = "Only columns in which the runs differ";
  const chooser = withLabel("Columns", columnsIcon, () => events.columns(chooser));
  chooser.setAttribute("aria-haspopup", "dialog");
  const download = withLabel("CSV", downloadIcon, events.download);
  download.title = "Download what is shown as CSV";
  const error = element("p", { class: "table-error", role: "status", hidden: true });
  return {
    bar: quiet
      ? element("div", { class: "table-bar table-bar-quiet" }, count, quiet.total > WORTH_FILTERING ? search : null, chooser, download)
      : element("div", { class: "table-bar" }, count, search, select, differing, chooser, download),
    error,
    input,
    update(state, view) {
      count.textContent = countText(view.runs.length, view.all.length, Boolean(quiet));
      if (document.activeElement !== input) input.value = state.filter;
      input.setAttribute("aria-invalid", String(Boolean(view.error)));
      differing.setAttribute("aria-pressed", String(state.differing));
      select.hidden = select.options.length < 2;
      if (state.group && ![...select.options].some((option) => option.value === state.group)) {
        select.append(element("option", { value: state.group }, `By ${state.group.split(".").pop() ?? ""}`));
      }
      select.value = state.group;
      error.hidden = !view.error;
      error.textContent = view.error;
    },
  };
}
