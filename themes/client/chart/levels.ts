/** Which tiles of a long curve a zoomed plot needs: decided here, fetched in tiles.ts. */
import type { TileEntry, TileIndex } from "../types";
import type { Entries } from "./curve";
import type { Domain } from "./domain";
import { lowerBound, upperBound } from "./plane";

/** So many tiles are fetched for a range, whatever it is. */
const MOST_TILES = 2;

/** The columns that places are in. */
export type PlaceColumn = "step" | "time" | "x";

/** Neighbouring tiles of one level, and the range of places that they show all of. */
export interface Choice {
  bucket: number;
  tiles: readonly TileEntry[];
  from: number;
  to: number;
}

/** The tiles of a level that hold a range and the points next to it, with all between them. */
function tilesWithin(tiles: readonly TileEntry[], column: PlaceColumn, [low, high]: Domain): Choice["tiles"] {
  const placed = tiles.filter((tile) => tile[column]);
  let first = placed.findIndex((tile) => (tile[column] as Domain)[1] >= low);
  let last = placed.length - 1;
  while (last > 0 && (placed[last]?.[column] as Domain)[0] > high) last -= 1;
  if (first < 0) return placed.slice(-1);
  // The range may begin or end between two tiles, where a line comes from the one and goes to the other.
  if (first > 0 && (placed[first]?.[column] as Domain)[0] > low) first -= 1;
  if (last < placed.length - 1 && (placed[last]?.[column] as Domain)[1] < high) last += 1;
  return placed.slice(Math.min(first, last), Math.max(first, last) + 1);
}

/** The finest level of which two tiles hold a range; null when none has a place in it. */
export function chooseTiles(index: TileIndex, column: PlaceColumn, range: Domain): Choice | null {
  for (const { bucket, tiles } of [...index.levels].reverse()) {
    const chosen = tilesWithin(tiles, column, range);
    const [first, last] = [chosen[0], chosen[chosen.length - 1]];
    if (!first || !last) return null;
    if (chosen.length > MOST_TILES) continue;
    const placed = tiles.filter((tile) => tile[column]);
    const from = first === placed[0] ? -Infinity : (first[column] as Domain)[0];
    const to = last === placed[placed.length - 1] ? Infinity : (last[column] as Domain)[1];
    return { bucket, tiles: chosen, from, to };
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
