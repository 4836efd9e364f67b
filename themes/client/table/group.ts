/** Runs gathered by the value of a column, and what a group says for all of its runs. */
import { formatDuration, formatNumber } from "../format";
import type { Column } from "../types";
import { cellText, columnNumbers, isNumeric, plainText } from "./columns";
import type { SortKey } from "./sort";

export interface Group {
  /** text of the value that its runs share; empty for runs without one */
  value: string;
  label: string;
  runs: number[];
}

/** A row of the table. */
export type Item = { kind: "run"; run: number; inGroup: boolean } | { kind: "group"; group: Group; open: boolean };

export interface Aggregate {
  n: number;
  mean: number;
  /** of the sample; NaN for a single run */
  std: number;
}

/** Mean and standard deviation of a numeric column over some runs, those without a number left out. */
export function aggregate(column: Column, runs: readonly number[]): Aggregate {
  const numbers = columnNumbers(column);
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (const run of runs) {
    const value = numbers[run] ?? NaN;
    if (!Number.isFinite(value)) continue;
    n += 1;
    const step = value - mean;
    mean += step / n;
    squares += step * (value - mean);
  }
  return { n, mean: n ? mean : NaN, std: n > 1 ? Math.sqrt(squares / (n - 1)) : NaN };
}

/** Groups of runs that are in order already. A sort by a number orders the groups by their means. */
export function groupRuns(runs: readonly number[], by: Column, sort?: { key: SortKey; column: Column }): Group[] {
  const groups = new Map<string, Group>();
  for (const run of runs) {
    const value = plainText(by.values[run]);
    let group = groups.get(value);
    if (!group) groups.set(value, (group = { value, label: cellText(by, by.values[run]) || "none", runs: [] }));
    group.runs.push(run);
  }
  const list = [...groups.values()];
  if (!sort || !isNumeric(sort.column) || sort.column === by) return list;
  const sign = sort.key.descending ? -1 : 1;
  const means = new Map(list.map((group) => [group, aggregate(sort.column, group.runs).mean]));
  return list.sort((left, right) => {
    const a = means.get(left) ?? NaN;
    const b = means.get(right) ?? NaN;
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return (a - b) * sign;
  });
}

/** The rows of a table: runs, or groups with the runs of those that are open below them. */
export function tableItems(runs: readonly number[], groups: readonly Group[] | null, closed: ReadonlySet<string>): Item[] {
  if (!groups) return runs.map((run) => ({ kind: "run", run, inGroup: false }));
  return groups.flatMap((group): Item[] => {
    const open = !closed.has(group.value);
    const rows = open ? group.runs.map((run): Item => ({ kind: "run", run, inGroup: true })) : [];
    return [{ kind: "group", group, open }, ...rows];
  });
}

const NAMED_VALUES = 3;

/** What a group's row shows in a column: mean ± standard deviation of what was measured, the values of what was set. */
export function groupText(column: Column, runs: readonly number[]): string {
  if (column.type === "time") return "";
  if (isNumeric(column) && column.group !== "config") {
    const { n, mean, std } = aggregate(column, runs);
    if (!n) return "";
    const write = column.type === "duration" ? formatDuration : (value: number) => formatNumber(value, 4);
    if (!(std > 0)) return write(mean);
    return `${write(mean)} ± ${column.type === "duration" ? formatDuration(std) : formatNumber(std, 2)}`;
  }
  const texts = new Set(runs.map((run) => cellText(column, column.values[run])));
  texts.delete("");
  if (texts.size > NAMED_VALUES) return `${texts.size} values`;
  return [...texts].join(" · ");
}
