/**
 * Smoothing counts distance in x, so that unevenly logged curves smooth evenly: an exponential moving average of what came
 * before, or one of the means to both sides of kernel.ts.
 */
import type { SmoothKind } from "../types";
import type { Entries } from "./curve";
import { gaussianMean, runningMean } from "./kernel";
import { lowerBound } from "./plane";

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

/** How smooth, and which way. */
export interface Smoothing {
  /** 0 to 0.99 */
  weight: number;
  by: SmoothKind;
  /** what counts as one point in x */
  unit: number;
}

/**
 * The smoothed values of entries; null without smoothing. `whole` is the curve that they are a part of, and without it
 * smoothing would start afresh at the edges of the part.
 */
export function smoothedEntries(entries: Entries, whole: Entries, { weight, by, unit }: Smoothing): Float64Array | null {
  if (!(weight > 0)) return null;
  // As far as the exponential average looks back in the mean.
  const reach = ((unit > 0 ? unit : 1) * weight) / (1 - weight);
  if (by === "gaussian") return gaussianMean(entries, whole, reach);
  if (by === "mean") return runningMean(entries, whole, reach);
  const start = entries.x[0];
  const past = entries === whole || start === undefined ? -1 : lowerBound(whole.x, start) - 1;
  const before = past < 0 ? undefined : { x: whole.x[past] as number, value: smoothed(whole, weight, unit)[past] as number };
  return smoothed(entries, weight, unit, before && Number.isFinite(before.value) ? before : undefined);
}

/** The exponential moving average of a curve; a gap stays a gap. The first value is where the average starts. */
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
