/** Runs gathered by the values of one or several columns, and what a group says for all of its runs. */
import { studentT } from "../chart/groups";
import { formatDuration, formatNumber } from "../format";
import type { Column } from "../types";
import { cellText, columnNumbers, isNumeric, plainText } from "./columns";
import type { SortKey } from "./sort";

export interface Group {
  /** what its runs share: the texts of the values, from the outermost group on */
  path: string;
  /** the value of this level */
  label: string;
  depth: number;
  runs: number[];
  /** the groups inside, of the next column */
  groups: Group[] | null;
}

/** A row of the table. */
export type Item = { kind: "run"; run: number; depth: number } | { kind: "group"; group: Group; open: boolean };

export interface Aggregate {
  n: number;
  mean: number;
  /** of the sample; NaN for a single run */
  std: number;
  /** half of the 95 % confidence interval of the mean; NaN for a single run */
  ci: number;
}

/** What the runs with a number say of a numeric column. */
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
  if (n < 2) return { n, mean: n ? mean : NaN, std: NaN, ci: NaN };
  const std = Math.sqrt(squares / (n - 1));
  return { n, mean, std, ci: (studentT(n) * std) / Math.sqrt(n) };
}

const SEPARATOR = "\u001f";

/** Groups of runs that are in order already, those of the next column inside. A sort by a number orders groups by their means. */
export function groupRuns(
  runs: readonly number[],
  by: readonly Column[],
  sort?: { key: SortKey; column: Column },
  outer: { path: string; depth: number } = { path: "", depth: 0 },
): Group[] {
  const [column, ...inner] = by;
  if (!column) return [];
  const groups = new Map<string, Group>();
  for (const run of runs) {
    const value = plainText(column.values[run]);
    let group = groups.get(value);
    if (!group) {
      const label = cellText(column, column.values[run]) || "none";
      groups.set(value, (group = { path: `${outer.path}${SEPARATOR}${value}`, label, depth: outer.depth, runs: [], groups: null }));
    }
    group.runs.push(run);
  }
  const list = byMean([...groups.values()], column, sort);
  if (!inner.length) return list;
  return list.map((group) => ({ ...group, groups: groupRuns(group.runs, inner, sort, { path: group.path, depth: group.depth + 1 }) }));
}

function byMean(groups: Group[], by: Column, sort?: { key: SortKey; column: Column }): Group[] {
  if (!sort || !isNumeric(sort.column) || sort.column === by) return groups;
  const sign = sort.key.descending ? -1 : 1;
  const means = new Map(groups.map((group) => [group, aggregate(sort.column, group.runs).mean]));
  return groups.sort((left, right) => {
    const a = means.get(left) ?? NaN;
    const b = means.get(right) ?? NaN;
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return (a - b) * sign;
  });
}

/** The rows of a table: runs, or groups with what is in those that are open below them. */
export function tableItems(runs: readonly number[], groups: readonly Group[] | null, isOpen: (group: Group) => boolean, depth = 0): Item[] {
  if (!groups) return runs.map((run) => ({ kind: "run", run, depth }));
  return groups.flatMap((group): Item[] => {
    const open = isOpen(group);
    return [{ kind: "group", group, open }, ...(open ? tableItems(group.runs, group.groups, isOpen, depth + 1) : [])];
  });
}

/** Every group, those inside of others too. */
export function everyGroup(groups: readonly Group[]): Group[] {
  return groups.flatMap((group) => [group, ...everyGroup(group.groups ?? [])]);
}

const NAMED_VALUES = 3;

/** Whether a group says the mean of a column: of what was measured, and not of what was set. */
export function isAveraged(column: Column): boolean {
  return isNumeric(column) && column.type !== "time" && column.group !== "config";
}

/** What a group's row shows in a column: the mean ± half of its 95 % confidence interval, or the values of what was set. */
export function groupText(column: Column, runs: readonly number[]): string {
  if (column.type === "time") return "";
  if (isAveraged(column)) {
    const { n, mean, ci } = aggregate(column, runs);
    if (!n) return "";
    const write = column.type === "duration" ? formatDuration : (value: number) => formatNumber(value, 4);
    if (!(ci > 0)) return write(mean);
    return `${write(mean)} ± ${column.type === "duration" ? formatDuration(ci) : formatNumber(ci, 2)}`;
  }
  const texts = new Set(runs.map((run) => cellText(column, column.values[run])));
  texts.delete("");
  if (texts.size > NAMED_VALUES) return `${texts.size} values`;
  return [...texts].join(" · ");
}

/** The same in a sentence, for a tooltip: how many runs, which interval. */
export function groupTitle(column: Column, runs: readonly number[]): string {
  if (!isAveraged(column)) return groupText(column, runs);
  const { n, mean, std, ci } = aggregate(column, runs);
  if (!n) return "";
  if (n === 1) return `${mean} of one run`;
  const [low, high] = [mean - ci, mean + ci].map((end) => formatNumber(end, 6));
  return `mean ${formatNumber(mean, 9)} of ${n} runs, 95 % confidence interval ${low} to ${high}, standard deviation ${formatNumber(std, 4)}`;
}
