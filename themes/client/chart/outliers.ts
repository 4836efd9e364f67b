/**
 * What the y axis leaves outside when outliers are ignored. A value is an outlier when it lies farther from the middle 90 % of
 * the values than twice what those are apart: up to a twentieth of the points may be anything, most of the others have a third
 * of the height, and a curve that falls or rises steadily has none.
 */
import { type Domain, domainOf } from "./domain";
import { type Shape, lowerBound, upperBound } from "./plane";

const SHARE = 0.05;
const REACH = 2;
/** So many values of each line are enough to know where most of them are. */
const MOST_VALUES = 2000;

/** Calls back with every value of some shapes within a range of x that has a place on the axis. */
function eachValue(shapes: readonly Shape[], x: Domain, log: boolean, tell: (value: number) => void): void {
  for (const { x: places, last, min, max } of shapes) {
    const end = upperBound(places, x[1]);
    for (let index = lowerBound(places, x[0]); index < end; index += 1) {
      for (const column of [last, min, max]) {
        const value = column?.[index];
        if (value !== undefined && Number.isFinite(value) && !(log && value <= 0)) tell(value);
      }
    }
  }
}

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
  return low + (high - low) * (place - Math.floor(place));
}

/** The range beyond which a value is an outlier; null without any values. On a logarithmic axis distances are ratios. */
export function fences(shapes: readonly Shape[], x: Domain, log: boolean): Domain | null {
  const values: number[] = [];
  for (const { x: places, last } of shapes) {
    const [from, end] = [lowerBound(places, x[0]), upperBound(places, x[1])];
    const by = Math.max(1, Math.ceil((end - from) / MOST_VALUES));
    for (let index = from; index < end; index += by) {
      const value = last[index] as number;
      if (Number.isFinite(value) && !(log && value <= 0)) values.push(log ? Math.log(value) : value);
    }
  }
  if (!values.length) return null;
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [quantile(sorted, SHARE), quantile(sorted, 1 - SHARE)];
  // Where nearly all are the same, anything else is an outlier, but for what rounding makes.
  const room = REACH * Math.max(high - low, Math.abs(high) * 1e-9);
  return log ? [Math.exp(low - room), Math.exp(high + room)] : [low - room, high + room];
}

/** The y domain of all values that are no outliers. */
export function domainWithout(shapes: readonly Shape[], x: Domain, log: boolean): Domain {
  const within = fences(shapes, x, log);
  let [low, high] = [Infinity, -Infinity];
  eachValue(shapes, x, log, (value) => {
    if (!within || value < within[0] || value > within[1]) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  });
  return domainOf(low <= high ? [low, high] : null, log);
}

/** How many entries of some shapes have a value outside of a y domain. On a logarithmic axis those without a place do not count. */
export function countOutside(shapes: readonly Shape[], x: Domain, y: Domain, log: boolean): number {
  let count = 0;
  for (const { x: places, last, min, max } of shapes) {
    const end = upperBound(places, x[1]);
    for (let index = lowerBound(places, x[0]); index < end; index += 1) {
      const values = [last[index] as number, min?.[index] ?? NaN, max?.[index] ?? NaN];
      if (values.some((value) => value > y[1] || (value < y[0] && !(log && value <= 0)))) count += 1;
    }
  }
  return count;
}
