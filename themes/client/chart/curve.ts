/** From the columns of a dataset to what is drawn: one x for every entry, not decreasing, and its values. */
import { column } from "../data";
import type { Curve, XAxis } from "../types";
import type { Shape } from "./plane";

/** The entries of a curve along one x axis. */
export interface Entries extends Shape {
  mean: Float64Array | null;
  /** raw points behind each entry */
  bucket: number;
  /** whether entry i is still entry i of the dataset, so that finer tiles can be found by index */
  aligned: boolean;
}

/** What a plot has as x: one of the choices, or `own`, the metric that stands in for the step. */
export type Axis = XAxis | "own";

/** What is drawn of a curve along an axis; null when none of its points has a place on it. */
export function curveAlong(curve: Curve, axis: Axis): Curve | null {
  return axis !== "own" || curve.x ? curve : (curve.over ?? null);
}

function axisColumn(curve: Curve, axis: Axis, started: number): Float64Array {
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
const NO_ENTRIES: Entries = { x: NOTHING, last: NOTHING, min: null, max: null, mean: null, bucket: 1, aligned: true };

/**
 * The entries of a curve along an axis. `started` is the start of its run in seconds since the epoch. A run that logged
 * going back in x is put in order, because a line is searched by x.
 */
export function entriesOf(whole: Curve, axis: Axis, started = NaN): Entries {
  const curve = curveAlong(whole, axis);
  if (!curve) return NO_ENTRIES;
  const x = axisColumn(curve, axis, started);
  const entries = {
    x,
    last: column(curve.last),
    min: curve.min ? column(curve.min) : null,
    max: curve.max ? column(curve.max) : null,
    mean: curve.mean ? column(curve.mean) : null,
    bucket: curve.bucket,
    aligned: true,
  };
  if (isIncreasing(x)) return entries;
  const order = risingOrder(x);
  const pick = (values: Float64Array | null) =>
    values && Float64Array.from(order, (index) => values[index] ?? NaN);
  return {
    x: pick(entries.x) as Float64Array,
    last: pick(entries.last) as Float64Array,
    min: pick(entries.min),
    max: pick(entries.max),
    mean: pick(entries.mean),
    bucket: curve.bucket,
    aligned: false,
  };
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

/** Neighbouring tiles as one. */
export function joinEntries(tiles: readonly Entries[]): Entries | null {
  const [first] = tiles;
  if (!first || tiles.length === 1) return first ?? null;
  return {
    x: join(tiles.map((tile) => tile.x)) as Float64Array,
    last: join(tiles.map((tile) => tile.last)) as Float64Array,
    min: join(tiles.map((tile) => tile.min)),
    max: join(tiles.map((tile) => tile.max)),
    mean: join(tiles.map((tile) => tile.mean)),
    bucket: first.bucket,
    aligned: tiles.every((tile) => tile.aligned),
  };
}

/** How many values of a curve are NaN or infinite. */
export function badValues(curve: Curve): number {
  return (curve.bad ?? []).reduce((sum, [, count]) => sum + count, 0);
}
