/** What stands in the run list: runs one below the other, or under the names of their groups. */
import type { Groups } from "../runs";

/** A run, or the heading of a group with the runs that it has in the list. */
export type RunItem = { run: number } | { group: number; runs: readonly number[]; isFolded: boolean };

/** The items of a list in this order of runs. Groups stand in the order of their first runs, so that sorting still means something. */
export function runItems(order: readonly number[], groups: Groups | null, folded: ReadonlySet<string>): RunItem[] {
  if (!groups) return order.map((run) => ({ run }));
  const members = new Map<number, number[]>();
  for (const run of order) {
    const group = groups.of[run] ?? 0;
    const known = members.get(group);
    if (known) known.push(run);
    else members.set(group, [run]);
  }
  return [...members].flatMap(([group, runs]): RunItem[] => {
    const isFolded = folded.has(groups.names[group] ?? "");
    return [{ group, runs, isFolded }, ...(isFolded ? [] : runs.map((run) => ({ run })))];
  });
}

/** The mean of the values that there are; null when there are none. */
export function meanOf(runs: readonly number[], values: readonly (number | null)[]): number | null {
  const known = runs.flatMap((run) => values[run] ?? []);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}
