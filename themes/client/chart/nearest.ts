/** Finding the point of a line under a crosshair. */
import { lowerBound } from "./plane";

/** The index of the value nearest to `target`; -1 when there is none. */
export function nearestIndex(sorted: Float64Array, target: number): number {
  const after = lowerBound(sorted, target);
  if (after === 0) return sorted.length ? 0 : -1;
  if (after === sorted.length) return after - 1;
  return target - (sorted[after - 1] as number) <= (sorted[after] as number) - target ? after - 1 : after;
}

/** Like `nearestIndex`, but -1 when `target` lies outside of the line by more than `slack`. */
export function indexUnder(sorted: Float64Array, target: number, slack: number): number {
  const first = sorted[0];
  const last = sorted[sorted.length - 1];
  if (first === undefined || last === undefined || target < first - slack || target > last + slack) return -1;
  return nearestIndex(sorted, target);
}

/** Of several lines the x that is nearest to `target`; NaN without any points. */
export function snap(columns: readonly Float64Array[], target: number): number {
  let best = NaN;
  for (const x of columns) {
    const index = nearestIndex(x, target);
    if (index < 0) continue;
    const value = x[index] as number;
    if (Number.isNaN(best) || Math.abs(value - target) < Math.abs(best - target)) best = value;
  }
  return best;
}

/** The next x of any line to the right (`direction` 1) or left (-1) of `from`; `from` when there is none. */
export function neighbour(columns: readonly Float64Array[], from: number, direction: 1 | -1): number {
  let best = NaN;
  for (const x of columns) {
    const index = direction > 0 ? firstAbove(x, from) : lowerBound(x, from) - 1;
    const value = x[index];
    if (value === undefined) continue;
    if (Number.isNaN(best) || (value - best) * direction < 0) best = value;
  }
  return Number.isNaN(best) ? from : best;
}

function firstAbove(x: Float64Array, value: number): number {
  let index = lowerBound(x, value);
  while (index < x.length && (x[index] as number) <= value) index += 1;
  return index;
}
