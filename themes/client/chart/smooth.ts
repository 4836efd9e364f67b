/** Smoothing by an exponential moving average that counts distance in x, so that unevenly logged curves smooth evenly. */
import type { Entries } from "./curve";

/** At most this many steps of smoothing along a whole curve: a pixel or so each. */
const STEPS = 500;

/** How many different places there are. */
function countPlaces(x: Float64Array): number {
  let count = Math.min(x.length, 1);
  for (let index = 1; index < x.length; index += 1) if (x[index] !== x[index - 1]) count += 1;
  return count;
}

/** The distance in x over which the past keeps `weight` of its say: that of two places, or a part of a long curve. */
export function smoothingUnit(x: Float64Array, rows: number): number {
  const range = (x[x.length - 1] ?? 0) - (x[0] ?? 0);
  const places = countPlaces(x);
  return range / Math.max(1, Math.min((places < x.length ? places : rows) - 1, STEPS));
}

/** What goes before the first entry: for a tile, the smoothed value of the overview there. */
export interface Before {
  x: number;
  value: number;
}

/** The smoothed values of a curve; a gap stays a gap. The first value is where the average starts. */
export function smoothed(entries: Entries, weight: number, unit: number, before?: Before): Float64Array {
  const source = entries.mean ?? entries.last;
  const out = new Float64Array(source.length);
  let average = before?.value ?? NaN;
  let previous = before?.x ?? NaN;
  // An average that starts from nothing is divided by the weight that it has got so far.
  let share = before ? 1 : 0;
  let sum = before ? before.value : 0;
  // What came before the place that is being looked at, and the values there so far: together they are one.
  let [pastSum, pastShare, kept] = [sum, share, 1];
  let [total, count] = [0, 0];
  for (let index = 0; index < source.length; index += 1) {
    const value = source[index] as number;
    const x = entries.x[index] as number;
    if (Number.isNaN(value)) {
      out[index] = NaN;
      continue;
    }
    if (x !== previous || count === 0) {
      const distance = Number.isNaN(previous) || unit <= 0 ? 1 : (x - previous) / unit;
      kept = weight ** distance;
      pastSum = sum;
      pastShare = share;
      total = 0;
      count = 0;
    }
    total += value;
    count += 1;
    sum = pastSum * kept + (total / count) * (1 - kept);
    share = pastShare * kept + (1 - kept);
    average = share > 0 ? sum / share : value;
    previous = x;
    out[index] = average;
  }
  return out;
}
