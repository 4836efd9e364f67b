/** Smoothing by an exponential moving average that counts distance in x, so that unevenly logged curves smooth evenly. */
import type { Entries } from "./curve";

/** At most this many steps of smoothing along a whole curve: a pixel or so each. */
const STEPS = 500;

/** The distance in x over which the past keeps `weight` of its say: that of two points, or a part of a long curve. */
export function smoothingUnit(x: Float64Array, rows: number): number {
  const range = (x[x.length - 1] ?? 0) - (x[0] ?? 0);
  return range / Math.max(1, Math.min(rows - 1, STEPS));
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
  for (let index = 0; index < source.length; index += 1) {
    const value = source[index] as number;
    const x = entries.x[index] as number;
    if (Number.isNaN(value)) {
      out[index] = NaN;
      continue;
    }
    const distance = Number.isNaN(previous) || unit <= 0 ? 1 : (x - previous) / unit;
    const kept = weight ** distance;
    sum = sum * kept + value * (1 - kept);
    share = share * kept + (1 - kept);
    // Several values at one x keep all of the past: then the sum says nothing new.
    average = share > 0 ? sum / share : value;
    previous = x;
    out[index] = average;
  }
  return out;
}
