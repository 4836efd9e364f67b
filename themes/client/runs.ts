/** The runs of a project as the browser has them: columns, and what is asked of them most. */
import type { Cell, RunsData } from "./types";

/** The cells of a column by its key; nulls when there is no such column. */
export function cells(runs: RunsData, key: string): readonly Cell[] {
  return runs.columns.find((column) => column.key === key)?.values ?? runs.ids.map(() => null);
}

/** What a column is called; its key when there is none. */
export function columnLabel(runs: RunsData, key: string): string {
  return runs.columns.find((column) => column.key === key)?.label ?? key;
}

/** The name of each run; its id when it has none. */
export function runNames(runs: RunsData): string[] {
  return cells(runs, "name").map((name, index) => (name === null || name === "" ? (runs.ids[index] ?? "") : String(name)));
}

/** When each run started, in seconds since the epoch; NaN when unknown. */
export function startTimes(runs: RunsData): number[] {
  return cells(runs, "started").map((time) => (typeof time === "number" ? time : NaN));
}

/** A cell as the name of a group. */
export function groupName(cell: Cell): string {
  if (cell === null) return "—";
  return Array.isArray(cell) ? cell.join(", ") : String(cell);
}

/** Runs by the values of columns: numbers by size, words by the alphabet. */
export interface Groups {
  names: string[];
  /** run -> index into names */
  of: number[];
}

function compareCells(a: Cell, b: Cell): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return groupName(a).localeCompare(groupName(b), undefined, { numeric: true });
}

/** The groups that columns make of the runs: those with the same values in all of them. */
export function groupsBy(runs: RunsData, keys: readonly string[]): Groups {
  const columns = keys.map((key) => cells(runs, key));
  // Its values may not be there yet.
  if (columns.some((values) => values.length < runs.ids.length)) return { names: [], of: [] };
  const rows = runs.ids.map((_, run) => columns.map((values) => values[run] ?? null));
  const nameOf = (row: readonly Cell[]) => row.map(groupName).join(" · ");
  const distinct = new Map(rows.map((row) => [nameOf(row), row]));
  const order = (a: readonly Cell[], b: readonly Cell[]) => keys.reduce((found, _, place) => found || compareCells(a[place] ?? null, b[place] ?? null), 0);
  const names = [...distinct].sort(([, a], [, b]) => order(a, b)).map(([name]) => name);
  const index = new Map(names.map((name, place) => [name, place]));
  return { names, of: rows.map((row) => index.get(nameOf(row)) ?? 0) };
}

/** What columns are called together. */
export function columnLabels(runs: RunsData, keys: readonly string[]): string {
  return keys.map((key) => columnLabel(runs, key)).join(", ");
}
