/** One row of the run list: eye, swatch, name, state when it is not finished, group, result with a tiny bar. */
import { swatch } from "../chart/swatch";
import { runDash } from "../colour";
import { pageUrl } from "../data";
import { button, element } from "../elements";
import { formatNumber } from "../format";
import { type IconName, icon } from "../icons";
import { type Groups, cells, groupsBy, runNames } from "../runs";
import type { Cell, RunsData } from "../types";
import { type RunItem, meanOf } from "./run_items";

/** What all rows have in common. */
export interface RowData {
  runs: RunsData;
  names: readonly string[];
  states: readonly Cell[];
  column: string;
  values: readonly (number | null)[];
  /** least and greatest value of the column */
  low: number;
  high: number;
  colorBy: readonly string[];
  groups: Groups | null;
  /** whether the groups have rows of their own */
  isGrouped: boolean;
}

export interface RowActions {
  /** one run, or several at once: shown if any of them was hidden */
  toggle: (...runs: readonly number[]) => void;
  /** only these runs; once more, all of them */
  solo: (...runs: readonly number[]) => void;
}

/** Reads what rows need of a column of values and columns of colours. */
export function rowData(runs: RunsData, column: string, colorBy: readonly string[], isGrouped: boolean): RowData {
  const values = cells(runs, column).map((cell) => (typeof cell === "number" ? cell : null));
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const groups = colorBy.length ? groupsBy(runs, colorBy) : null;
  return { runs, names: runNames(runs), states: cells(runs, "state"), column, values, low, high, colorBy, groups, isGrouped };
}

function valueCell(value: number | null | undefined, { column, low, high }: RowData, what = ""): HTMLElement | null {
  if (!column || value === null || value === undefined) return null;
  const share = high > low ? (value - low) / (high - low) : 1;
  const bar = element("span", { class: "run-bar" });
  // The least value has a bar too, or it would look like none.
  bar.style.setProperty("--share", String(0.04 + 0.96 * share));
  return element("span", { class: "run-value", title: `${what}${column} ${value}` }, bar, formatNumber(value));
}

function stateMark(state: string): HTMLElement | null {
  if (!state || state === "finished") return null;
  return element("span", { class: "state", role: "img", "data-state": state, title: state, "aria-label": state });
}

function rowButton(label: string, name: IconName, kind: string, press: (event: MouseEvent) => void): HTMLButtonElement {
  const made = button(label, icon(name), (event) => {
    event.stopPropagation();
    press(event);
  });
  made.className = `icon-button ${kind}`;
  return made;
}

/** The heading of a group: it folds, its eye is that of all its runs, and its value is their mean. */
export function groupRow(item: Extract<RunItem, { group: number }>, closed: ReadonlySet<number>, data: RowData, { toggle, solo }: RowActions): HTMLElement {
  const { group, runs, isFolded } = item;
  const name = data.groups?.names[group] ?? "";
  const shown = runs.filter((run) => !closed.has(run)).length;
  const eye = rowButton(`${shown ? "Hide" : "Show"} all runs of ${name} (Alt: only these)`, shown ? "eye" : "eyeOff", "run-eye", (event) =>
    event.altKey ? solo(...runs) : toggle(...runs),
  );
  eye.setAttribute("aria-pressed", shown === 0 ? "false" : shown < runs.length ? "mixed" : "true");
  const fold = element(
    "button",
    { type: "button", class: "run-group-fold", title: name, "aria-expanded": String(!isFolded) },
    icon("chevronDown"),
    element("span", { class: "run-group-name" }, name),
    element("span", { class: "count" }, String(runs.length)),
  );
  return element(
    "li",
    { class: shown ? "run-row run-group-row" : "run-row run-group-row run-closed", "data-group": group },
    eye,
    swatch(group, runDash(group)),
    fold,
    rowButton(`Show only the runs of ${name}`, "crosshair", "run-only", () => solo(...runs)),
    valueCell(meanOf(runs, data.values), data, "mean of "),
  );
}

/** The row of a run. */
export function runRow(run: number, closed: boolean, data: RowData, { toggle, solo }: RowActions): HTMLElement {
  const name = data.names[run] ?? "";
  const colour = data.groups?.of[run] ?? run;
  const group = data.groups?.names[colour];
  const eye = rowButton(`${closed ? "Show" : "Hide"} ${name} (Alt or O: only this)`, closed ? "eyeOff" : "eye", "run-eye", (event) =>
    event.altKey ? solo(run) : toggle(run),
  );
  eye.setAttribute("aria-pressed", String(!closed));
  const made = element(
    "li",
    { class: closed ? "run-row run-closed" : "run-row", "data-run": run },
    eye,
    swatch(colour, runDash(colour)),
    element("a", { class: "run-name", href: pageUrl(data.runs.urls[run] ?? ""), title: name }, name),
    stateMark(String(data.states[run] ?? "")),
    group === undefined || data.isGrouped ? null : element("span", { class: "run-group", title: group }, group),
    rowButton(`Show only ${name}`, "crosshair", "run-only", () => solo(run)),
    valueCell(data.values[run], data),
  );
  return made;
}
