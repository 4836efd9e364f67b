/** Fetching the finer levels of a long curve, the part that is looked at. */
import { DataError, load } from "../data";
import type { Curve, RunCurves, Tile, TileEntry, TileIndex } from "../types";
import { type Axis, type Entries, entriesOf, joinEntries } from "./curve";
import { type Rows, type View, chooseTiles, serves } from "./levels";

/** A part of a curve at a finer level. */
export interface Detail {
  bucket: number;
  rows: Rows;
  tiles: Tile[];
}

// A browser opens few connections at a time; more requests would only stand in each other's way.
const MOST_AT_ONCE = 8;
let running = 0;
const waiting: (() => void)[] = [];

async function turn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function loadTile({ data, metric }: TileEntry): Promise<Tile> {
  if (metric === undefined) return load<Tile>(data);
  const { curves } = await load<RunCurves>(data);
  const tile = Object.prototype.hasOwnProperty.call(curves, metric) ? curves[metric] : undefined;
  if (!tile) throw new DataError(`${data.url} does not hold ${metric}`);
  return tile;
}

/** The finest part that is worth drawing of some rows on so many pixels; null when the overview is as good. */
export async function loadDetail(curve: Curve, overview: Entries, rows: View, width: number): Promise<Detail | null> {
  const { deeper } = curve;
  if (!deeper || !overview.aligned) return null;
  return turn(async () => {
    const choice = chooseTiles("levels" in deeper ? deeper : await load<TileIndex>(deeper), overview, rows, width);
    if (!choice) return null;
    const tiles = await Promise.all(choice.tiles.map(loadTile));
    return { bucket: choice.bucket, rows: choice.rows, tiles };
  });
}

/** Whether a part that is loaded already is as good as what would be fetched now. */
export function detailServes(detail: Detail | undefined, rows: View, width: number): boolean {
  return detail !== undefined && serves(detail, rows, width);
}

/** The entries of a part along an axis. */
export function detailEntries(detail: Detail, axis: Axis, started: number): Entries | null {
  return joinEntries(detail.tiles.map((tile) => entriesOf(tile, axis, started)));
}
