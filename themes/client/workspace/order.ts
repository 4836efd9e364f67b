/** Which runs the list has, and in which order. */
import { cells } from "../runs";
import type { Cell, Column, RunsData } from "../types";

/** A column that can stand beside the names or order them. */
export interface Choice {
  key: string;
  label: string;
}

function isNumeric(column: Column): boolean {
  return column.type === "number" && (!column.values.length || column.values.some((value) => typeof value === "number"));
}

/** Numeric results, which can stand beside the names. */
export function valueColumns(runs: RunsData): Choice[] {
  return runs.columns
    .filter((column) => column.group === "summary" && isNumeric(column))
    .map(({ key, label }) => ({ key, label }));
}

function tellsApart(column: Column): boolean {
  return column.varies ?? new Set(column.values.map(String)).size > 1;
}

/** Config keys with more than one value: what tells the runs apart. */
export function configColumns(runs: RunsData): Choice[] {
  return runs.columns.filter((column) => column.group === "config" && tellsApart(column)).map(({ key, label }) => ({ key, label }));
}

const GROUPING: ReadonlySet<string> = new Set(["group", "job_type", "tags", "state"]);

/** The columns that can make groups of runs: those that were meant for it, and config keys. */
export function groupColumns(runs: RunsData): { run: Choice[]; config: Choice[] } {
  const run = runs.columns.filter((column) => GROUPING.has(column.key) && tellsApart(column)).map(({ key, label }) => ({ key, label }));
  return { run, config: configColumns(runs) };
}

const NUMBER = /(\d+(?:\.\d+)?(?:e[+-]?\d+)?)/i;
const COLLATOR = new Intl.Collator();

/** Words as people order them: `lr-0.01` before `lr-0.1`, `run 9` before `run 10`, `1e-4` before `1e-3`. */
function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let place = 0; place < Math.max(a.length, b.length); place += 1) {
    const [first, second] = [a[place], b[place]];
    if (first === undefined || second === undefined) return first === undefined ? -1 : 1;
    // Every second part is a number.
    const found = place % 2 ? Number(first) - Number(second) : COLLATOR.compare(first, second);
    if (found) return found;
  }
  return 0;
}

/** Compares cells; what it takes to compare words is found once for each. */
function cellOrder(): (a: Cell, b: Cell) => number {
  const known = new Map<Cell, string[]>();
  const partsOf = (cell: Cell) => {
    const parts = known.get(cell) ?? String(cell).split(NUMBER);
    known.set(cell, parts);
    return parts;
  };
  return (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : compareParts(partsOf(a), partsOf(b)));
}

/** The runs that pass a test, sorted; runs without a value come last whichever way. */
export function orderedRuns(runs: RunsData, sort: string, passes: (run: number) => boolean): number[] {
  const shown = runs.ids.map((_, run) => run).filter(passes);
  if (!sort) return shown.reverse();
  const descending = sort.startsWith("-");
  const values = cells(runs, descending ? sort.slice(1) : sort);
  const compareCells = cellOrder();
  return shown.sort((a, b) => {
    const [first, second] = [values[a] ?? null, values[b] ?? null];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return (descending ? -1 : 1) * compareCells(first, second) || a - b;
  });
}
