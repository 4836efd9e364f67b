/** Smoothing to both sides: a Gaussian, and the mean within a window. Both are about a place in x, so that nothing is shifted. */
import type { Entries } from "./curve";
import { lowerBound, upperBound } from "./plane";

/** What a smoothed value is made of: places in rising order, the number there, and how many raw points it stands for. */
interface Points {
  x: number[];
  value: number[];
  weight: number[];
}

/** Beyond so many standard deviations a Gaussian has no say. */
const REACH = 3;
/** Points nearer to each other than this part of a standard deviation count as one at their center. */
const CELL = 1 / 4;

function add(points: Points, entries: Entries, from: number, end: number): void {
  const source = entries.mean ?? entries.last;
  for (let index = from; index < end; index += 1) {
    const value = source[index] as number;
    if (!Number.isFinite(value)) continue;
    points.x.push(entries.x[index] as number);
    points.value.push(value);
    points.weight.push(entries.counts?.[index] ?? entries.bucket);
  }
}

/** The points of some entries, and of the whole curve where they are only a part of it: an average reaches over their edge. */
function pointsOf(entries: Entries, whole: Entries): Points {
  const points: Points = { x: [], value: [], weight: [] };
  const [first, last] = [entries.x[0], entries.x[entries.x.length - 1]];
  if (entries === whole || first === undefined || last === undefined) add(points, entries, 0, entries.x.length);
  else {
    add(points, whole, 0, lowerBound(whole.x, first));
    add(points, entries, 0, entries.x.length);
    add(points, whole, upperBound(whole.x, last), whole.x.length);
  }
  return points;
}

/** So many points are added up beforehand. */
const BLOCK = 32;

/** Sums of parts of a list. Nothing is ever taken away from a sum: what a spike has swallowed would not come back. */
function partialSums(values: readonly number[]): (from: number, end: number) => number {
  const add = (from: number, end: number) => {
    let sum = 0;
    for (let index = from; index < end; index += 1) sum += values[index] as number;
    return sum;
  };
  const blocks = Array.from({ length: Math.ceil(values.length / BLOCK) }, (_, block) => add(block * BLOCK, Math.min((block + 1) * BLOCK, values.length)));
  return (from, end) => {
    const [first, last] = [Math.ceil(from / BLOCK), Math.floor(end / BLOCK)];
    if (first >= last) return add(from, end);
    let sum = add(from, first * BLOCK) + add(last * BLOCK, end);
    for (let block = first; block < last; block += 1) sum += blocks[block] as number;
    return sum;
  };
}

/** The mean of the points that are at most `reach` away from each entry. */
export function runningMean(entries: Entries, whole: Entries, reach: number): Float64Array {
  const { x, value, weight } = pointsOf(entries, whole);
  const sumOf = partialSums(value.map((each, index) => each * (weight[index] as number)));
  const totalOf = partialSums(weight);
  let [from, end] = [0, 0];
  return (entries.mean ?? entries.last).map((own, index) => {
    const place = entries.x[index] as number;
    while (end < x.length && (x[end] as number) <= place + reach) end += 1;
    while (from < end && (x[from] as number) < place - reach) from += 1;
    return Number.isFinite(own) ? sumOf(from, end) / totalOf(from, end) : own;
  });
}

/** Points that are close together as one at their center. */
function cells({ x, value, weight }: Points, size: number): Points {
  const made: Points = { x: [], value: [], weight: [] };
  let [start, sumX, sum, total] = [-Infinity, 0, 0, 0];
  const close = () => {
    if (!total) return;
    made.x.push(start + sumX / total);
    made.value.push(sum / total);
    made.weight.push(total);
  };
  x.forEach((place, index) => {
    if (!(place - start < size)) {
      close();
      [start, sumX, sum, total] = [place, 0, 0, 0];
    }
    const share = weight[index] as number;
    sumX += (place - start) * share;
    sum += (value[index] as number) * share;
    total += share;
  });
  close();
  return made;
}

/** The mean of all points by a Gaussian of their distance from each entry. */
export function gaussianMean(entries: Entries, whole: Entries, deviation: number): Float64Array {
  const { x, value, weight } = cells(pointsOf(entries, whole), deviation * CELL);
  let from = 0;
  return (entries.mean ?? entries.last).map((own, index) => {
    const place = entries.x[index] as number;
    if (!Number.isFinite(own)) return own;
    while (from < x.length && (x[from] as number) < place - REACH * deviation) from += 1;
    let [sum, total] = [0, 0];
    for (let at = from; at < x.length && (x[at] as number) <= place + REACH * deviation; at += 1) {
      const away = ((x[at] as number) - place) / deviation;
      const share = (weight[at] as number) * Math.exp(-away * away / 2);
      sum += (value[at] as number) * share;
      total += share;
    }
    return sum / total;
  });
}
