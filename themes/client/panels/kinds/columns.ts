/** Columns of the runs table as these panels need them: found by the names that people write, as numbers or as words. */
import { formatDuration, formatNumber, formatTime } from "../../format";
import type { Store } from "../../store";
import type { Cell, Column, RunsData } from "../../types";
import type { PanelSettings } from "../settings";

const PREFIXES = ["", "summary.", "config.", "system."] as const;
/** Positive numbers whose greatest is this many times the least are looked at on a logarithmic scale: reportgen/charts/workspace.py. */
const WIDE = 30;

/** The column that a name means: a key, or a key without its group. */
export function findColumn(runs: RunsData, name: string): Column | null {
  for (const prefix of PREFIXES) {
    const found = runs.columns.find(({ key }) => key === prefix + name);
    if (found) return found;
  }
  return null;
}

/** Whether a column has numbers and nothing else. */
export function isNumbers({ type, values }: Column): boolean {
  if (type !== "number" && type !== "time" && type !== "duration") return false;
  return values.some((value) => typeof value === "number") && values.every((value) => typeof value === "number" || value === null);
}

/** A cell as a number; NaN where there is none. */
export function numberAt(column: Column, run: number): number {
  const value = column.values[run];
  return typeof value === "number" ? value : NaN;
}

/** A cell as people read it; empty for nothing. */
export function wordsOf(column: Column, cell: Cell | undefined, digits = 5): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "number") return Array.isArray(cell) ? cell.join(", ") : String(cell);
  if (column.type === "time") return formatTime(cell);
  return column.type === "duration" ? formatDuration(cell) : formatNumber(cell, digits);
}

/** The words of a column among some runs, each once: numbers by size, then words by the alphabet. */
export function wordList(column: Column, runs: readonly number[]): string[] {
  const words = new Set(runs.map((run) => wordsOf(column, column.values[run])));
  words.delete("");
  return [...words].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
}

/** Whether numbers are spread so wide that a logarithmic scale shows them better. */
export function isWide(numbers: readonly number[]): boolean {
  const finite = numbers.filter(Number.isFinite);
  if (finite.length < 2) return false;
  const least = finite.reduce((a, b) => Math.min(a, b));
  return least > 0 && finite.reduce((a, b) => Math.max(a, b)) / least >= WIDE;
}

/** The runs that are not hidden. */
export function shownRuns({ ids }: RunsData, hidden: ReadonlySet<number>): number[] {
  return ids.map((_, run) => run).filter((run) => !hidden.has(run));
}

/** `1 run`, `12 runs`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en").replace(/,/g, "\u202f")} ${count === 1 ? one : many}`;
}

/** What these panels show changes with these settings alone: others are about lines. */
const ABOUT_RUNS = ["hidden", "colorBy", "groupBy", "center", "band"] as const;

/** Calls back when what is shown of the runs has changed; returns how to stop. */
export function onRuns(settings: Store<PanelSettings>, changed: () => void): () => void {
  return settings.subscribe((state, before) => {
    if (ABOUT_RUNS.some((field) => state[field] !== before[field])) changed();
  });
}
