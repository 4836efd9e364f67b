/** The cells of a runs table as elements. What was logged only becomes text nodes and attributes. */
import { PALETTE_SIZE } from "../colour";
import { pageUrl } from "../data";
import { element } from "../elements";
import { icon } from "../icons";
import type { Column, RunsData } from "../types";
import { cellText, cellTitle, columnNumbers, isNumeric } from "./columns";
import { groupText, type Item } from "./group";

/** What cells need to know besides their own value. */
export interface CellContext {
  data: RunsData;
  /** column key -> its best value among the runs shown */
  best: Map<string, number>;
  /** column key -> least and greatest value, for columns with bars */
  bars: Map<string, [number, number]>;
}

function nameCell(text: string, run: number, data: RunsData): Node[] {
  const url = data.urls[run];
  const dot = element("span", { class: "run-dot", "data-color": run % PALETTE_SIZE, "aria-hidden": "true" });
  const label = text || data.ids[run] || "";
  return [dot, url ? element("a", { href: pageUrl(url), class: "run-name", tabindex: "-1" }, label) : document.createTextNode(label)];
}

function tagsCell(tags: readonly string[]): Node[] {
  const chips = tags.map((tag) =>
    element("button", { type: "button", class: "chip", "data-tag": tag, tabindex: "-1", title: `Show only runs with ${tag}` }, tag),
  );
  return [element("span", { class: "cell-chips" }, ...chips)];
}

function barOf(value: number, range: [number, number] | undefined): HTMLElement | null {
  if (!range || !Number.isFinite(value) || !(range[1] > range[0])) return null;
  const bar = element("span", { class: "cell-bar", "aria-hidden": "true" });
  bar.style.width = `${(3 + (97 * (value - range[0])) / (range[1] - range[0])).toFixed(1)}%`;
  return bar;
}

function runContent(column: Column, run: number, context: CellContext): (Node | string | null)[] {
  const cell = column.values[run];
  const text = cellText(column, cell);
  if (column.key === "name") return nameCell(text, run, context.data);
  if (column.key === "tags" && Array.isArray(cell)) return tagsCell(cell);
  if (column.type === "state") return text ? [element("span", { class: "state", "data-state": text }, text)] : [];
  const bar = isNumeric(column) ? barOf(columnNumbers(column)[run] ?? NaN, context.bars.get(column.key)) : null;
  return bar ? [bar, element("span", { class: "cell-value" }, text)] : [text];
}

/** The cell of one run in one column. */
export function runCell(column: Column, run: number, context: CellContext): HTMLElement {
  const value = column.values[run];
  const best = context.best.get(column.key);
  const classes = ["cell"];
  if (isNumeric(column)) classes.push("cell-number");
  if (typeof value === "number" && value === best) classes.push("cell-best");
  const title = column.type === "state" || column.key === "tags" ? null : cellTitle(column, value) || null;
  return element("div", { role: "gridcell", class: classes.join(" "), title }, ...runContent(column, run, context));
}

/** The cell of a group in one column; the first one folds it. */
export function groupCell(column: Column, item: Extract<Item, { kind: "group" }>, first: boolean): HTMLElement {
  const { group, open } = item;
  if (first) {
    const toggle = element("button", { type: "button", class: "group-toggle", tabindex: "-1", "aria-expanded": String(open) });
    toggle.append(icon("chevronRight"), element("span", { class: "group-label" }, group.label));
    return element(
      "div",
      { role: "gridcell", class: "cell cell-group", title: group.label },
      toggle,
      element("span", { class: "count" }, `n = ${group.runs.length}`),
    );
  }
  const text = column.type === "state" ? "" : groupText(column, group.runs);
  return element(
    "div",
    { role: "gridcell", class: isNumeric(column) ? "cell cell-number" : "cell", title: text || null },
    text,
  );
}
