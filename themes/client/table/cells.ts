/** The cells of a runs table as elements. What was logged only becomes text nodes and attributes. */
import { PALETTE_SIZE } from "../colour";
import { pageUrl } from "../data";
import { button, element } from "../elements";
import { icon } from "../icons";
import type { Column, RunsData } from "../types";
import { cellText, cellTitle, columnNumbers, EYE, isNumeric } from "./columns";
import { delta, isSame, type Delta } from "./delta";
import { aggregate, groupText, isAveraged, type Item } from "./group";

/** What cells need to know besides their own value. */
export interface CellContext {
  data: RunsData;
  /** the best value of a column among the runs shown; NaN without one */
  best: (column: Column) => number;
  /** the best mean among the outermost groups; NaN without one */
  bestMean: (column: Column) => number;
  /** least and greatest value of a column with bars; null for the others */
  heat: (column: Column) => [number, number] | null;
  /** number of the run that others are compared with; -1 for none */
  baseline: number;
  closed: ReadonlySet<number>;
  /** whether runs can be ticked, and which are */
  selects: boolean;
  selected: ReadonlySet<number>;
}

function nameCell(text: string, run: number, { data, baseline }: CellContext): Node[] {
  const url = data.urls[run];
  const dot = element("span", { class: "run-dot", "data-color": run % PALETTE_SIZE, "aria-hidden": "true" });
  const label = text || data.ids[run] || "";
  const name = url ? element("a", { href: pageUrl(url), class: "run-name", tabindex: "-1" }, label) : document.createTextNode(label);
  return run === baseline ? [dot, name, element("span", { class: "cell-baseline" }, "baseline")] : [dot, name];
}

function tick(label: string, checked: boolean): HTMLInputElement {
  return element("input", { type: "checkbox", class: "row-tick", tabindex: "-1", checked, "aria-label": label });
}

/** A tick to select a run, and its eye. */
function eyeCell(run: number, { data, closed, selected }: CellContext): HTMLElement {
  const name = String(data.columns.find(({ key }) => key === "name")?.values[run] ?? data.ids[run]);
  const shut = closed.has(run);
  const eye = button(`${shut ? "Show" : "Hide"} ${name} in the workspace`, icon(shut ? "eyeOff" : "eye"), () => undefined);
  eye.className = "row-eye";
  eye.tabIndex = -1;
  eye.setAttribute("aria-pressed", String(!shut));
  return element("div", { role: "gridcell", class: "cell cell-eye" }, tick(`Select ${name}`, selected.has(run)), eye);
}

function groupEyeCell(runs: readonly number[], label: string, { selected }: CellContext): HTMLElement {
  const many = runs.filter((run) => selected.has(run)).length;
  const made = tick(`Select the runs of ${label}`, many === runs.length);
  made.indeterminate = many > 0 && many < runs.length;
  return element("div", { role: "gridcell", class: "cell cell-eye" }, made);
}

function tagsCell(tags: readonly string[]): Node[] {
  const chips = tags.map((tag) =>
    element("button", { type: "button", class: "chip", "data-tag": tag, tabindex: "-1", title: `Show only runs with ${tag}` }, tag),
  );
  return [element("span", { class: "cell-chips" }, ...chips)];
}

function barOf(value: number, range: [number, number] | null): HTMLElement | null {
  if (!range || !Number.isFinite(value) || !(range[1] > range[0])) return null;
  const bar = element("span", { class: "cell-bar", "aria-hidden": "true" });
  bar.style.width = `${(3 + (97 * (value - range[0])) / (range[1] - range[0])).toFixed(1)}%`;
  return bar;
}

function deltaOf(found: Delta | null): HTMLElement | null {
  if (!found) return null;
  return element("span", { class: "cell-delta", "data-better": found.better }, found.text);
}

/** A number with what stands behind and beside it. */
function numberContent(text: string, value: number, difference: Delta | null, range: [number, number] | null): (Node | string | null)[] {
  const bar = barOf(value, range);
  if (!bar && !difference) return [text];
  return [bar, element("span", { class: "cell-value" }, text), deltaOf(difference)];
}

function runContent(column: Column, run: number, context: CellContext): (Node | string | null)[] {
  const cell = column.values[run];
  const text = cellText(column, cell);
  if (column.key === "name") return nameCell(text, run, context);
  if (column.key === "tags" && Array.isArray(cell)) return tagsCell(cell);
  if (column.type === "state") return text ? [element("span", { class: "state", "data-state": text }, text)] : [];
  if (!isNumeric(column)) return [text];
  const value = columnNumbers(column)[run] ?? NaN;
  const compared = context.baseline >= 0 && run !== context.baseline;
  return numberContent(text, value, compared ? delta(column, value, context.baseline) : null, context.heat(column));
}

/** The cell of one run in one column. */
export function runCell(column: Column, run: number, context: CellContext): HTMLElement {
  if (column.key === EYE) return eyeCell(run, context);
  const value = column.values[run];
  const classes = ["cell"];
  if (isNumeric(column)) classes.push("cell-number");
  if (typeof value === "number" && value === context.best(column)) classes.push("cell-best");
  if (context.baseline >= 0 && isSame(column, run, context.baseline)) classes.push("cell-same");
  return element("div", { role: "gridcell", class: classes.join(" ") }, ...runContent(column, run, context));
}

/** The whole value of a cell, where the cell may show less of it. */
export function runTitle(column: Column, run: number): string {
  return column.key === EYE || column.type === "state" || column.key === "tags" ? "" : cellTitle(column, column.values[run]);
}

/** The cell of a group in one column; the first one after the eye folds it. */
export function groupCell(column: Column, item: Extract<Item, { kind: "group" }>, first: boolean, context: CellContext): HTMLElement {
  const { group, open } = item;
  if (column.key === EYE) return groupEyeCell(group.runs, group.label, context);
  if (first) {
    const toggle = element("button", { type: "button", class: "group-toggle", tabindex: "-1", "aria-expanded": String(open) });
    toggle.append(icon("chevronRight"), element("span", { class: "group-label" }, group.label));
    const count = element("span", { class: "count" }, `n = ${group.runs.length}`);
    const cell = element("div", { role: "gridcell", class: "cell cell-group", title: group.label }, toggle, count);
    cell.dataset["depth"] = String(Math.min(group.depth, 3));
    return cell;
  }
  if (column.type === "state") return element("div", { role: "gridcell", class: "cell" });
  const text = groupText(column, group.runs);
  const attributes = { role: "gridcell", class: isNumeric(column) ? "cell cell-number" : "cell" };
  if (!isAveraged(column)) return element("div", attributes, text);
  const { mean } = aggregate(column, group.runs);
  const cell = element(
    "div",
    attributes,
    ...numberContent(text, mean, context.baseline < 0 ? null : delta(column, mean, context.baseline), context.heat(column)),
  );
  if (group.depth === 0 && mean === context.bestMean(column)) cell.classList.add("cell-best");
  return cell;
}
