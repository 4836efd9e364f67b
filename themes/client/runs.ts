/** The runs of a project as the browser has them: columns, and what is asked of them most. */
import { load } from "./data";
import type { Cell, ProjectIndex, RunsData } from "./types";

/** The runs of a project, of a large one at first with the columns alone that the workspace begins with. */
export function firstRuns(index: ProjectIndex): Promise<RunsData> {
  return load<RunsData>(index.first ?? index.runs);
}

/** The same object with the values of all columns. */
export async function allRuns(index: ProjectIndex): Promise<RunsData> {
  const [runs, all] = await Promise.all([firstRuns(index), load<RunsData>(index.runs)]);
  runs.columns.forEach((column, place) => (column.values = all.columns[place]?.values ?? column.values));
  return runs;
}

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

/** Runs by the value of a column: numbers by size, words by the alphabet. */
export interface Groups {
  names: string[];
  /** run -> index into names */
  of: number[];
}

/** The groups that a column makes of the runs. */
export function groupsBy(runs: RunsData, key: string): Groups {
  const values = cells(runs, key);
  const distinct = new Map<string, Cell>();
  for (const value of values) distinct.set(groupName(value), value);
  const names = [...distinct.keys()].sort((a, b) => {
    const [first, second] = [distinct.get(a), distinct.get(b)];
    if (typeof first === "number" && typeof second === "number") return first - second;
    return a.localeCompare(b, undefined, { numeric: true });
  });
  const index = new Map(names.map((name, place) => [name, place]));
  return { names, of: values.map((value) => index.get(groupName(value)) ?? 0) };
}
