/** Runs in order of several columns. */
import type { Column } from "../types";
import { columnRanks } from "./columns";

export interface SortKey {
  key: string;
  descending: boolean;
}

/** `-summary.val/acc` and back. */
export function readSortKey(text: string): SortKey {
  return text.startsWith("-") ? { key: text.slice(1), descending: true } : { key: text, descending: false };
}

export function writeSortKey({ key, descending }: SortKey): string {
  return descending ? `-${key}` : key;
}

/** Runs ordered by the keys, the first one deciding; without a value they come last, equal ones keep their order. */
export function sortRuns(runs: readonly number[], keys: readonly SortKey[], columns: Map<string, Column>): number[] {
  const criteria = keys.flatMap(({ key, descending }) => {
    const column = columns.get(key);
    return column ? [{ ranks: columnRanks(column), sign: descending ? -1 : 1 }] : [];
  });
  if (!criteria.length) return [...runs];
  return [...runs].sort((left, right) => {
    for (const { ranks, sign } of criteria) {
      const a = ranks[left] ?? NaN;
      const b = ranks[right] ?? NaN;
      if (a === b) continue;
      const noA = Number.isNaN(a);
      const noB = Number.isNaN(b);
      if (noA && noB) continue;
      if (noA !== noB) return noA ? 1 : -1;
      return a < b ? -sign : sign;
    }
    return 0;
  });
}

/** The keys after a click on a column's head: ascending, descending, then not at all. With `add` the others stay. */
export function toggledSort(keys: readonly SortKey[], key: string, add: boolean, first: "up" | "down" = "up"): SortKey[] {
  const current = keys.find((one) => one.key === key);
  const startsDown = first === "down";
  const next: SortKey | null = !current
    ? { key, descending: startsDown }
    : current.descending === startsDown
      ? { key, descending: !startsDown }
      : null;
  if (!add) return next ? [next] : [];
  if (!current) return next ? [...keys, next] : [...keys];
  return keys.flatMap((one) => (one.key === key ? (next ? [next] : []) : [one]));
}
