/** One row of the run list: eye, swatch, name, state when it is not finished, group, result with a tiny bar. */
import { swatch } from "../chart/swatch";
import { runDash } from "../colour";
import { pageUrl } from "../data";
import { button, element } from "../elements";
import { formatNumber } from "../format";
import { type IconName, icon } from "../icons";
import { type Groups, cells, groupsBy, runNames } from "../runs";
import type { Cell, RunsData } from "../types";

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
  colorBy: string;
  groups: Groups | null;
}

export interface RowActions {
  toggle: (run: number) => void;
  /** only this run; once more, all of them */
  solo: (run: number) => void;
}

/** Reads what rows need of a column of values and a column of colours. */
export function rowData(runs: RunsData, column: string, colorBy: string): RowData {
  const values = cells(runs, column).map((cell) => (typeof cell === "number" ? cell : null));
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const groups = colorBy ? groupsBy(runs, colorBy) : null;
  return { runs, names: runNames(runs), states: cells(runs, "state"), column, values, low, high, colorBy, groups };
}

function valueCell(run: number, { column, values, low, high }: RowData): HTMLElement | null {
  const value = values[run];
  if (!column || value === null || value === undefined) return null;
  const share = high > low ? (value - low) / (high - low) : 1;
  const bar = element("span", { class: "run-bar" });
  // The least value has a bar too, or it would look like none.
  bar.style.setProperty("--share", String(0.04 + 0.96 * share));
  return element("span", { class: "run-value", title: `${column} ${value}` }, bar, formatNumber(value));
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

/** The row of a run. */
export function runRow(run: number, closed: boolean, data: RowData, { toggle, solo }: RowActions): HTMLElement {
  const name = data.names[run] ?? "";
  const colour = data.groups?.of[run] ?? run;
  const group = data.groups?.names[colour];
  const eye = rowButton(`${closed ? "Show" : "Hide"} ${name} (Alt: only this)`, closed ? "eyeOff" : "eye", "run-eye", (event) =>
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
    group === undefined ? null : element("span", { class: "run-group", title: group }, group),
    rowButton(`Show only ${name}`, "crosshair", "run-only", () => solo(run)),
    valueCell(run, data),
  );
  return made;
}
