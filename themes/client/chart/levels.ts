/** Which tiles of a long curve a zoomed plot needs: decided here, fetched in tiles.ts. */
import type { TileEntry, TileIndex } from "../types";
import type { Entries } from "./curve";
import type { Domain } from "./domain";
import { lowerBound, upperBound } from "./plane";

/** So few raw points per pixel are drawn as they are: fine enough to look like what was logged. */
const RAW_PER_PIXEL = 4;

/** Raw points of a run: `first` and `end` are row numbers, `end` is not included. */
export interface Rows {
  first: number;
  end: number;
}

/** The rows that surely hold a range of x, and about how many of them lie in it. */
export interface View extends Rows {
  count: number;
}

/** The tiles that cover a range, at one level. */
export interface Choice {
  bucket: number;
  tiles: TileEntry[];
  rows: Rows;
}

/** Which row stands at a place in x, between the entries of the overview by their distance. */
function rowAt({ x, bucket }: Entries, place: number): number {
  const after = lowerBound(x, place);
  const [x0, x1] = [x[after - 1] ?? NaN, x[after] ?? NaN];
  if (after === 0) return 0;
  const share = x1 > x0 ? (place - x0) / (x1 - x0) : 0;
  return (after + share) * bucket;
}

/** The rows of a run in a range of x, as far as the overview can tell, with one of its entries more on each side. */
export function rowsWithin(overview: Entries, x: Domain, rows: number): View {
  const first = Math.max(0, lowerBound(overview.x, x[0]) - 1);
  const end = Math.min(overview.x.length, upperBound(overview.x, x[1]) + 1);
  const count = Math.min(rows, rowAt(overview, x[1])) - rowAt(overview, x[0]);
  return { first: first * overview.bucket, end: Math.min(rows, end * overview.bucket), count };
}

/** Raw points per entry that are fine enough for what is seen on so many pixels; 1 asks for raw points. */
export function wantedBucket({ count }: View, width: number): number {
  return count <= RAW_PER_PIXEL * width ? 1 : count / width;
}

/** The coarsest level that is fine enough, and its tiles; null when the overview is as good. */
export function chooseTiles(index: TileIndex, overview: Entries, rows: View, width: number): Choice | null {
  const wanted = wantedBucket(rows, width);
  if (overview.bucket <= wanted) return null;
  const finest = index.levels[index.levels.length - 1];
  const level = index.levels.find(({ bucket }) => bucket <= wanted) ?? finest;
  if (!level || level.bucket >= overview.bucket) return null;
  const first = Math.floor(rows.first / level.bucket);
  const last = Math.floor((rows.end - 1) / level.bucket);
  const tiles = level.tiles.filter((tile) => tile.last >= first && tile.first <= last);
  const [from, to] = [tiles[0], tiles[tiles.length - 1]];
  if (!from || !to) return null;
  return { bucket: level.bucket, tiles, rows: { first: from.first * level.bucket, end: (to.last + 1) * level.bucket } };
}

/** Whether what is loaded already serves a range as well as new tiles would. */
export function serves(loaded: { bucket: number; rows: Rows }, rows: View, width: number): boolean {
  const covers = loaded.rows.first <= rows.first && loaded.rows.end >= rows.end;
  return covers && loaded.bucket <= Math.max(1, wantedBucket(rows, width));
}
