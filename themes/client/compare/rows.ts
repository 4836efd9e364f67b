/** What is known of some runs as rows: a key, and its value in each run. */
import { bestValue, cellText, cellTitle, plainText } from "../table/columns";
import { formatNumber } from "../format";
import type { Cell, Column, ColumnType, RunsData } from "../types";
import type { ComparedRun } from "./payloads";

export interface Row {
  /** heading that it stands under */
  group: string;
  /** what it is called in files: `config.lr` */
  key: string;
  label: string;
  type: ColumnType;
  /** of each run, in their order; null where it has none */
  values: readonly Cell[];
  /** the best value among them; NaN where there is no best one */
  best: number;
}

/** Above this many rows, those that are the same everywhere are left out at first. */
export const MANY_ROWS = 24;
/** The runs' names stand above the columns. */
const ABOVE = "name";
const HEADINGS: Readonly<Record<Column["group"], string>> = { run: "Run", config: "Config", summary: "Summary", system: "System" };

/** The rows that the runs table has for these runs; a key that none of them has is left out. */
export function tableRows({ columns }: RunsData, runs: readonly number[]): Row[] {
  const rows = columns.flatMap((column): Row[] => {
    const values = runs.map((run) => column.values[run] ?? null);
    if (column.key === ABOVE || values.every((value) => plainText(value) === "")) return [];
    return [{ group: HEADINGS[column.group], key: column.key, label: column.label, type: column.type, values, best: bestValue(column, runs) }];
  });
  const order = ["Config", "Summary", "System", "Run"];
  return rows.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

/** Rows from texts by heading and label, in order of first appearance. */
function textRows(runs: readonly (readonly [string, string, string])[][]): Row[] {
  const found = new Map<string, { group: string; label: string; values: Cell[] }>();
  runs.forEach((facts, place) => {
    for (const [group, label, value] of facts) {
      const key = JSON.stringify([group, label]);
      const row = found.get(key) ?? { group, label, values: runs.map(() => null) };
      row.values[place] = value;
      found.set(key, row);
    }
  });
  const groups = [...new Set([...found.values()].map(({ group }) => group))];
  return [...found.values()]
    .map(({ group, label, values }): Row => ({ group, key: `${group.toLowerCase()}.${label}`, label, type: "string", values, best: NaN }))
    .sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
}

/** The rows of machine, code and environment; a run of which nothing is known has none. */
export function environmentRows(runs: readonly (ComparedRun | null)[]): Row[] {
  // What identifies a run differs always, and says nothing.
  return textRows(runs.map((run) => (run?.facts ?? []).filter(([group, label]) => !(group === "Run" && label === "Id"))));
}

/** One row for each package that one of the runs had installed. */
export function packageRows(runs: readonly (Readonly<Record<string, string>> | null)[]): Row[] {
  const facts = runs.map((packages) => Object.entries(packages ?? {}).map(([name, version]) => ["Packages", name, version || "installed"] as const));
  return textRows(facts).sort((a, b) => a.label.localeCompare(b.label));
}

/** Whether the runs differ in a row. */
export function rowDiffers({ values }: Row): boolean {
  const first = plainText(values[0]);
  return values.some((value) => plainText(value) !== first);
}

/** Rows whose key or one of whose values contains the words. */
export function searchRows(rows: readonly Row[], words: string): Row[] {
  const needle = words.trim().toLowerCase();
  if (!needle) return [...rows];
  return rows.filter((row) => [row.key, row.label, ...row.values.map(plainText)].some((text) => text.toLowerCase().includes(needle)));
}

/** What is shown: all rows, or those that differ. */
export function shownRows(rows: readonly Row[], differing: boolean, words: string): Row[] {
  return searchRows(differing ? rows.filter(rowDiffers) : rows, words);
}

/** A value as its cell shows it. */
export function valueText(row: Row, place: number): string {
  return cellText(row, row.values[place]);
}

/** The whole value. */
export function valueTitle(row: Row, place: number): string {
  return cellTitle(row, row.values[place]);
}

/** Whether a value is the best of its row. */
export function isBest(row: Row, place: number): boolean {
  return row.values[place] === row.best;
}

export interface Delta {
  text: string;
  /** in words, for who hovers */
  title: string;
}

/** How a number differs from the baseline's; null where there is nothing to subtract. */
export function deltaOf({ values, type }: Row, place: number): Delta | null {
  const [base, value] = [values[0], values[place]];
  if (place === 0 || typeof base !== "number" || typeof value !== "number" || type === "time") return null;
  const by = value - base;
  if (by === 0 || !Number.isFinite(by)) return null;
  const sign = by > 0 ? "+" : "−";
  const part = base === 0 ? "" : `, ${by / Math.abs(base) > 0 ? "+" : "−"}${formatNumber(Math.abs((100 * by) / base), 3)} %`;
  return { text: `${sign}${formatNumber(Math.abs(by), 3)}`, title: `${sign}${formatNumber(Math.abs(by), 6)} against the baseline${part}` };
}
