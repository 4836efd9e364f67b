/**
 * Curves of one run joined by step: one metric over another, or what an expression makes of several.
 *
 * Raw points are joined where each has an entry at the step. An entry that stands for several points is joined with the last
 * entry of the other within its steps; where the other is the coarser one, with the line between the entries about it. Whatever
 * has nothing to be joined with is left out and counted.
 */
import type { Columns } from "../types";
import { type Along, type Bad, type Entries, NO_ENTRIES, above0, columnsOf, curveAlong, inOrder, inRow } from "./curve";
import type { Domain } from "./domain";
import type { Expression } from "./expression";
import type { Range } from "./operations";
import { lowerBound, upperBound } from "./plane";

/** What is at hand of a curve: neighbouring parts of one level, or parts that lie apart. */
export interface Source {
  parts: readonly (Columns & { over?: Columns })[];
  /** start of the run in seconds since the epoch */
  started: number;
}

/** What belongs together. */
export interface Joint {
  y: Source;
  /** of the metrics that the expression names, in its order; null for one that the run has not logged */
  others: readonly (Source | null)[];
  expression: Expression | null;
  /** what is drawn as x instead of what the axis says; undefined for that, null when the run has not logged it */
  x: Source | null | undefined;
}

/** All parts of a source in one, in the order in which they were logged; null without any. */
function rowsOf({ parts, started }: Source, axis: Along["axis"]): Entries | null {
  const tiles = parts.flatMap((part) => {
    const curve = curveAlong(part, axis);
    return curve ? [columnsOf(curve, axis, started)] : [];
  });
  return tiles[0] ? inRow(tiles, tiles[0]) : null;
}

/** A curve by its steps. */
export function byStep(source: Source): Entries {
  const rows = rowsOf(source, "step");
  return rows ? inOrder(rows) : NO_ENTRIES;
}

/** What a curve has at the step of another's entry. */
interface Match {
  last: number;
  mean: number;
  range: Range;
}

/** The bounds of some entries. */
function boundsOf({ last, min, max }: Entries, from: number, end: number): Range {
  let [low, high] = [Infinity, -Infinity];
  for (let index = from; index < end; index += 1) {
    for (const value of [last[index] as number, min?.[index] ?? NaN, max?.[index] ?? NaN]) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

/** What is found of a curve for the points after one step up to another; null where it has nothing. */
function match(entries: Entries, after: number, step: number): Match | null {
  const { x, last, bucket } = entries;
  const mean = entries.mean ?? last;
  const end = upperBound(x, step);
  const first = after < step ? upperBound(x, after) : lowerBound(x, step);
  const isCoarse = bucket > 1 && end < x.length;
  if (end > first) {
    const at = end - 1;
    // The entry behind may begin within these steps.
    return { last: last[at] as number, mean: mean[at] as number, range: boundsOf(entries, first, isCoarse && x[at] !== step ? end + 1 : end) };
  }
  if (!isCoarse) return null;
  const [x0, x1] = [x[end - 1], x[end] as number];
  const share = x0 === undefined ? 1 : (step - x0) / (x1 - x0);
  const between = (column: Float64Array) => {
    const value = column[end] as number;
    return share === 1 ? value : (column[end - 1] as number) * (1 - share) + value * share;
  };
  const made = between(last);
  const [low, high] = boundsOf(entries, end, end + 1);
  return { last: made, mean: between(mean), range: [Math.min(low, made), Math.max(high, made)] };
}

/** Where the steps of an entry begin: after those of the entry before it. A raw point has one step. */
function startOf(steps: Float64Array, index: number, bucket: number): number {
  const step = steps[index] as number;
  return bucket > 1 ? (steps[index - 1] ?? -Infinity) : step;
}

/** Columns that are filled row by row. */
interface Made {
  x: number[];
  last: number[];
  min: number[];
  max: number[];
  mean: number[];
  bad: Map<number, Bad>;
}

const BAD = (value: number): Bad => (Number.isNaN(value) ? [1, 0, 0] : value > 0 ? [0, 1, 0] : [0, 0, 1]);

/** Puts what an expression comes to into a row; false where one of its metrics has nothing. */
function putValue(made: Made, rows: Entries, index: number, matches: readonly (Match | null)[], expression: Expression): boolean {
  if (matches.some((found) => found === null)) return false;
  const found = matches as readonly Match[];
  const own = expression.usesY ? [rows.last[index] as number] : [];
  const value = expression.value([...own, ...found.map(({ last }) => last)]);
  const isNumber = Number.isFinite(value);
  const place = made.last.length;
  if (!isNumber) made.bad.set(place, rows.bad.get(index) ?? BAD(value));
  made.last.push(isNumber ? value : NaN);
  const ranges: Range[] = expression.usesY ? [boundsOf(rows, index, index + 1)] : [];
  const [low, high] = expression.range([...ranges, ...found.map(({ range }) => range)]);
  // Where bounds are not known, the value stands alone.
  made.min.push(Number.isFinite(low) ? Math.min(low, value) : value);
  made.max.push(Number.isFinite(high) ? Math.max(high, value) : value);
  const ownMean = expression.usesY ? [(rows.mean ?? rows.last)[index] as number] : [];
  const mean = expression.value([...ownMean, ...found.map((one) => one.mean)]);
  made.mean.push(Number.isFinite(mean) ? mean : value);
  return true;
}

function putLogged(made: Made, rows: Entries, index: number): void {
  const bad = rows.bad.get(index);
  if (bad) made.bad.set(made.last.length, bad);
  made.last.push(rows.last[index] as number);
  made.min.push(rows.min?.[index] ?? NaN);
  made.max.push(rows.max?.[index] ?? NaN);
  made.mean.push(rows.mean?.[index] ?? NaN);
}

/** The entries of a line that is made of several curves. `within` are the steps that the parts of each of them show. */
export function joinedEntries({ y, others, expression, x }: Joint, { axis, log }: Pick<Along, "axis" | "log">, within: readonly (readonly Domain[])[] = []): Entries {
  const rows = rowsOf(y, axis);
  const steps = rows && (axis === "step" ? rows.x : rowsOf({ ...y, parts: y.parts.map((part) => curveAlong(part, axis) ?? part) }, "step")?.x);
  if (!rows || !steps) return NO_ENTRIES;
  const curves = others.map((other) => other && byStep(other));
  const places = x && byStep(x);
  const made: Made = { x: [], last: [], min: [], max: [], mean: [], bad: new Map() };
  let unmatched = 0;
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index] as number;
    if (!within.every((ranges) => ranges.some(([low, high]) => step >= low && step <= high))) continue;
    const start = startOf(steps, index, rows.bucket);
    const place = x === undefined ? (rows.x[index] as number) : (places && match(places, start, step)?.last) ?? NaN;
    const matches = curves.map((curve) => curve && match(curve, start, step));
    const isPlaced = Number.isFinite(place);
    if (isPlaced && !expression) putLogged(made, rows, index);
    if (!isPlaced || (expression && !putValue(made, rows, index, matches, expression))) unmatched += rows.counts?.[index] ?? rows.bucket;
    else made.x.push(place);
  }
  const joined = Math.max(1, places?.bucket ?? 1, ...curves.map((curve) => curve?.bucket ?? 1));
  const isReduced = rows.bucket > 1 || (expression !== null && joined > 1);
  const column = (values: number[], has: boolean) => (has ? Float64Array.from(values) : null);
  const entries = inOrder({
    x: Float64Array.from(made.x),
    last: Float64Array.from(made.last),
    min: column(made.min, isReduced && (expression !== null || rows.min !== null)),
    max: column(made.max, isReduced && (expression !== null || rows.max !== null)),
    mean: column(made.mean, isReduced && (expression !== null || rows.mean !== null)),
    bucket: rows.bucket,
    bad: made.bad,
    counts: null,
    left: 0,
    unmatched,
    joined,
  });
  return log ? above0(entries, null) : entries;
}

/** So many ranges that lie apart are told apart. */
const MOST_RANGES = 32;

/** The steps at which a curve, or the line between two of its entries, is within a range of its values. */
export function stepsWithin(curve: Entries, [low, high]: Domain): Domain[] {
  const { x, last } = curve;
  const found: [number, number][] = [];
  for (let index = 0; index < x.length; index += 1) {
    const [least, most] = boundsOf(curve, index, index + 1);
    const before = last[index - 1] ?? last[index] as number;
    if (!(Math.min(least, before) <= high && Math.max(most, before) >= low)) continue;
    const from = x[index - 1] ?? (x[index] as number);
    const end = found[found.length - 1];
    if (end && from <= end[1]) end[1] = x[index] as number;
    else found.push([from, x[index] as number]);
  }
  return widest(found);
}

/** At most so many ranges: those with little between them become one. */
function widest(ranges: readonly Domain[]): Domain[] {
  const gapBefore = (index: number) => (ranges[index] as Domain)[0] - (ranges[index - 1] as Domain)[1];
  const inner = Array.from({ length: Math.max(0, ranges.length - 1) }, (_, index) => index + 1);
  const parting = new Set(inner.sort((a, b) => gapBefore(b) - gapBefore(a)).slice(0, MOST_RANGES - 1));
  const made: [number, number][] = [];
  ranges.forEach(([from, to], index) => {
    const end = made[made.length - 1];
    if (end && !parting.has(index)) end[1] = to;
    else made.push([from, to]);
  });
  return made;
}
