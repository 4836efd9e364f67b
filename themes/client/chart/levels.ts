/** Which tiles of a long curve a zoomed plot needs: decided here, fetched in tiles.ts. */
import type { TileEntry, TileIndex } from "../types";
import type { Entries } from "./curve";
import type { Domain } from "./domain";
import { lowerBound, upperBound } from "./plane";

/** So many tiles are fetched for a range, whatever it is. */
const MOST_TILES = 2;
/** So many are fetched for ranges that lie apart. */
const MOST_APART = 16;

/** The columns that places are in. */
export type PlaceColumn = "step" | "time" | "x";

/** Tiles of one level, and the ranges of places that they show all of. */
export interface Choice {
  bucket: number;
  tiles: readonly TileEntry[];
  covered: readonly Domain[];
}

/** The numbers of the first and the last tile of those that hold a range and the points next to it. */
function tilesWithin(placed: readonly TileEntry[], column: PlaceColumn, [low, high]: Domain): readonly [number, number] {
  let first = placed.findIndex((tile) => (tile[column] as Domain)[1] >= low);
  let last = placed.length - 1;
  while (last > 0 && (placed[last]?.[column] as Domain)[0] > high) last -= 1;
  if (first < 0) return [placed.length - 1, placed.length - 1];
  // The range may begin or end between two tiles, where a line comes from the one and goes to the other.
  if (first > 0 && (placed[first]?.[column] as Domain)[0] > low) first -= 1;
  if (last < placed.length - 1 && (placed[last]?.[column] as Domain)[1] < high) last += 1;
  return [Math.min(first, last), Math.max(first, last)];
}

/** Spans of numbers, each once, those that touch as one. */
function merged(spans: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const made: (readonly [number, number])[] = [];
  for (const span of [...spans].sort((a, b) => a[0] - b[0])) {
    const before = made[made.length - 1];
    if (before && span[0] <= before[1] + 1) made[made.length - 1] = [before[0], Math.max(before[1], span[1])];
    else made.push(span);
  }
  return made;
}

/** The finest level of which two tiles hold a range, or some more hold several; null when none has a place in them. */
export function chooseTiles(index: TileIndex, column: PlaceColumn, ranges: readonly Domain[]): Choice | null {
  const most = ranges.length > 1 ? MOST_APART : MOST_TILES;
  for (const { bucket, tiles } of [...index.levels].reverse()) {
    const placed = tiles.filter((tile) => tile[column]);
    if (!placed.length || !ranges.length) return null;
    const spans = merged(ranges.map((range) => tilesWithin(placed, column, range)));
    if (spans.reduce((sum, [first, last]) => sum + last - first + 1, 0) > most) continue;
    const covered = spans.map(([first, last]): Domain => [
      first === 0 ? -Infinity : (placed[first]?.[column] as Domain)[0],
      last === placed.length - 1 ? Infinity : (placed[last]?.[column] as Domain)[1],
    ]);
    return { bucket, tiles: spans.flatMap(([first, last]) => placed.slice(first, last + 1)), covered };
  }
  return null;
}

/** Which raw point stands at a place in x, between the entries by their distance. */
function rowAt({ x, bucket }: Entries, place: number): number {
  const after = lowerBound(x, place);
  const [x0, x1] = [x[after - 1] ?? NaN, x[after] ?? NaN];
  if (after === 0) return 0;
  const share = x1 > x0 ? (place - x0) / (x1 - x0) : 0;
  return (after + share) * bucket;
}

/** About how many raw points lie in a range of x, as far as these entries can tell. */
export function pointsWithin(entries: Entries, x: Domain, rows: number): number {
  if (entries.bucket === 1) return upperBound(entries.x, x[1]) - lowerBound(entries.x, x[0]);
  return Math.max(0, Math.min(rows, rowAt(entries, x[1])) - Math.min(rows, rowAt(entries, x[0])));
}
