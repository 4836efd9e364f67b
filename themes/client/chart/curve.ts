/** From the columns of a dataset to what is drawn: one x for every entry, not decreasing, and its values. */
import { column } from "../data";
import type { Columns, Curve, XAxis } from "../types";
import { type Shape, upperBound } from "./plane";

/** How many NaN, inf and -inf an entry holds. */
export type Bad = readonly [number, number, number];

/** The entries of a curve along one x axis. */
export interface Entries extends Shape {
  mean: Float64Array | null;
  /** raw points behind each entry, or the most behind one */
  bucket: number;
  /** by entry, where there is anything */
  bad: ReadonlyMap<number, Bad>;
  /** raw points behind each entry where that differs much; null where `bucket` says it */
  counts: Float64Array | null;
  /** raw points before the first entry that have no place on a logarithmic axis */
  left: number;
  /** raw points, about as many where the entries stand for several, that lack what they are joined with (chart/joined.ts) */
  unmatched: number;
  /** the most raw points behind an entry of what they are joined with; 1 also where there is nothing */
  joined: number;
}

/** What a plot has as x: one of the choices, or `own`, the metric that stands in for the step. */
export type Axis = XAxis | "own";

/** An axis and its scale. */
export interface Along {
  axis: Axis;
  log: boolean;
  /** a metric whose values, joined by step, are x instead; the axis is then the step. Empty without one */
  over: string;
}

/** What is drawn of a curve along an axis; null when none of its points has a place on it. */
export function curveAlong<Made extends Columns & { over?: Columns }>(curve: Made, axis: Axis): Made | NonNullable<Made["over"]> | null {
  return axis !== "own" || curve.x ? curve : (curve.over ?? null);
}

function axisColumn(curve: Columns, axis: Axis, started: number): Float64Array {
  if (axis === "own") return column(curve.x ?? []);
  if (axis === "step") return column(curve.step);
  const time = column(curve.time);
  return axis === "relative" ? time : time.map((seconds) => (started + seconds) * 1000);
}

function isIncreasing(x: Float64Array): boolean {
  for (let index = 0; index < x.length; index += 1) {
    const value = x[index] as number;
    if (!Number.isFinite(value) || (index > 0 && value < (x[index - 1] as number))) return false;
  }
  return true;
}

/** The places of finite values in rising order; equal ones keep theirs. */
function risingOrder(x: Float64Array): Uint32Array {
  const places = Uint32Array.from(x.keys()).filter((index) => Number.isFinite(x[index]));
  return places.sort((a, b) => (x[a] as number) - (x[b] as number) || a - b);
}

const NOTHING = new Float64Array();
export const NO_ENTRIES: Entries = { x: NOTHING, last: NOTHING, min: null, max: null, mean: null, bucket: 1, bad: new Map(), counts: null, left: 0, unmatched: 0, joined: 1 };

/** A run that logged going back in x is put in order, because a line is searched by x. */
export function inOrder(entries: Entries): Entries {
  if (isIncreasing(entries.x)) return entries;
  const order = risingOrder(entries.x);
  const pick = (values: Float64Array | null) =>
    values && Float64Array.from(order, (index) => values[index] ?? NaN);
  const bad = new Map<number, Bad>();
  if (entries.bad.size) {
    order.forEach((index, place) => {
      const counts = entries.bad.get(index);
      if (counts) bad.set(place, counts);
    });
  }
  return {
    ...entries,
    x: pick(entries.x) as Float64Array,
    last: pick(entries.last) as Float64Array,
    min: pick(entries.min),
    max: pick(entries.max),
    mean: pick(entries.mean),
    counts: pick(entries.counts),
    bad,
  };
}

/** Without what has no place on a logarithmic axis. */
export function above0(entries: Entries, ends: Float64Array | null): Entries {
  const cut = upperBound(entries.x, 0);
  if (cut === 0) return entries;
  const rest = (values: Float64Array | null) => values && values.subarray(cut);
  const bad = [...entries.bad].filter(([index]) => index >= cut).map(([index, counts]) => [index - cut, counts] as const);
  return {
    ...entries,
    x: entries.x.subarray(cut),
    last: entries.last.subarray(cut),
    min: rest(entries.min),
    max: rest(entries.max),
    mean: rest(entries.mean),
    counts: rest(entries.counts),
    bad: new Map(bad),
    left: ends ? (ends[cut - 1] as number) + 1 : cut * entries.bucket,
  };
}

/** The entries of a curve in the order in which they were logged. */
export function columnsOf(curve: Columns, axis: Axis, started: number): Entries {
  return {
    x: axisColumn(curve, axis, started),
    last: column(curve.last),
    min: curve.min ? column(curve.min) : null,
    max: curve.max ? column(curve.max) : null,
    mean: curve.mean ? column(curve.mean) : null,
    bucket: curve.bucket,
    bad: new Map((curve.bad ?? []).map(([entry, ...counts]) => [entry, counts])),
    counts: null,
    left: 0,
    unmatched: 0,
    joined: 1,
  };
}

/** The entries of a curve along an axis. `started` is the start of its run in seconds since the epoch. */
export function entriesOf(whole: Columns & { over?: Columns; ends?: Curve["step"] }, { axis, log }: Pick<Along, "axis" | "log">, started = NaN): Entries {
  const curve = curveAlong(whole, axis);
  if (!curve) return NO_ENTRIES;
  const ends = whole.ends ? column(whole.ends) : null;
  const entries = inOrder({ ...columnsOf(curve, axis, started), counts: ends && ends.map((end, index) => end - (ends[index - 1] ?? -1)) });
  return log ? above0(entries, ends) : entries;
}

function join(columns: (Float64Array | null)[]): Float64Array | null {
  if (columns.some((values) => values === null)) return null;
  const parts = columns as Float64Array[];
  const out = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

function joinBad(tiles: readonly Entries[]): Map<number, Bad> {
  const bad = new Map<number, Bad>();
  let offset = 0;
  for (const tile of tiles) {
    for (const [index, counts] of tile.bad) bad.set(offset + index, counts);
    offset += tile.x.length;
  }
  return bad;
}

/** Tiles as one, in order. */
export function joinEntries(tiles: readonly Entries[]): Entries | null {
  const [first] = tiles;
  if (!first || tiles.length === 1) return first ?? null;
  return inOrder(inRow(tiles, first));
}

/** Tiles one after the other; `first` is the first of them. */
export function inRow(tiles: readonly Entries[], first: Entries): Entries {
  return {
    x: join(tiles.map((tile) => tile.x)) as Float64Array,
    last: join(tiles.map((tile) => tile.last)) as Float64Array,
    min: join(tiles.map((tile) => tile.min)),
    max: join(tiles.map((tile) => tile.max)),
    mean: join(tiles.map((tile) => tile.mean)),
    bucket: first.bucket,
    bad: joinBad(tiles),
    counts: join(tiles.map((tile) => tile.counts)),
    left: tiles.reduce((sum, tile) => sum + tile.left, 0),
    unmatched: 0,
    joined: 1,
  };
}

/** How many values of a curve are NaN or infinite. */
export function badValues(curve: Columns): number {
  return (curve.bad ?? []).reduce((sum, [, ...counts]) => counts.reduce((all, count) => all + count, sum), 0);
}
