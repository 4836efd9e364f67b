/** Fetching the finer levels of a long curve, the part that is looked at. */
import { DataError, column, forget, load } from "../data";
import type { Curve, DataRef, LogLevel, RunCurves, Tile, TileEntry, TileIndex } from "../types";
import { type Along, type Entries, entriesOf, joinEntries } from "./curve";
import type { Domain } from "./domain";
import { type PlaceColumn, chooseTiles } from "./levels";
import { lowerBound } from "./plane";

/** What is looked at of a curve. */
export interface Wanted {
  /** in the unit of x, rising; several only where another metric is the x axis */
  ranges: readonly Domain[];
  along: Along;
  /** start of the run in seconds since the epoch */
  started: number;
}

/** A part of a curve at a finer level. */
export interface Detail {
  /** the same for the same part */
  key: string;
  parts: (Tile | LogLevel)[];
  /** the places that it shows all of, in its column */
  covered: readonly Domain[];
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

/** Whoever looks around in a long run would fill the memory with tiles: the page keeps so many beside those that are drawn. */
const MOST_KEPT = 256;
const kept = new Map<string, DataRef>();

function keep(ref: DataRef): void {
  kept.delete(ref.key);
  kept.set(ref.key, ref);
  const [oldest] = kept.values();
  if (!oldest || kept.size <= MOST_KEPT) return;
  kept.delete(oldest.key);
  forget(oldest);
}

async function loadTile({ data, metric }: TileEntry): Promise<Tile> {
  if (metric === undefined) {
    keep(data);
    return load<Tile>(data);
  }
  const { curves } = await load<RunCurves>(data);
  const tile = Object.prototype.hasOwnProperty.call(curves, metric) ? curves[metric] : undefined;
  if (!tile) throw new DataError(`${data.url} does not hold ${metric}`);
  return tile;
}

/** What is known of the levels of a curve once they were asked for. */
interface Levels {
  index: TileIndex;
  log: LogLevel | null;
}

const known = new WeakMap<Curve, Levels>();

async function levelsOf(curve: Curve, along: Along): Promise<Levels | null> {
  const { deeper, log } = curve;
  if (!deeper) return null;
  const before = known.get(curve);
  if (before && (before.log || !log || !along.log)) return before;
  const [index, level] = await Promise.all([
    "levels" in deeper ? deeper : load<TileIndex>(deeper),
    log && along.log ? load<LogLevel>(log) : null,
  ]);
  const levels = { index, log: level };
  known.set(curve, levels);
  return levels;
}

/** Ranges of x as places in a column of the data. */
function placesOf({ ranges, along, started }: Wanted): [PlaceColumn, readonly Domain[]] {
  if (along.axis === "step") return ["step", ranges];
  if (along.axis === "own") return ["x", ranges];
  return ["time", along.axis === "relative" ? ranges : ranges.map(([low, high]): Domain => [low / 1000 - started, high / 1000 - started])];
}

interface Picked extends Omit<Detail, "parts"> {
  load: () => Promise<Detail["parts"]>;
}

/** How many raw points the logarithmic level has behind the entry at a place. */
function pointsAt(log: LogLevel, axis: PlaceColumn, place: number): number {
  const places = column(log[axis] ?? []);
  const ends = column(log.ends);
  const index = Math.min(lowerBound(places, place), ends.length - 1);
  return (ends[index] as number) - (ends[index - 1] ?? -1);
}

function pick({ index, log }: Levels, wanted: Wanted): Picked | null {
  const [place, ranges] = placesOf(wanted);
  const choice = chooseTiles(index, place, ranges);
  const [start] = ranges;
  if (wanted.along.log && log && start && (!choice || choice.bucket > pointsAt(log, place, start[0]))) {
    return { key: "log", covered: [[-Infinity, Infinity]], load: () => Promise.resolve([log]) };
  }
  if (!choice) return null;
  const { tiles, covered } = choice;
  return { key: tiles.map(({ data }) => data.key).join(), covered, load: () => Promise.all(tiles.map(loadTile)) };
}

/** The finest part that two tiles can show, or what a logarithmic axis needs; null when there is none. */
export async function loadDetail(curve: Curve, wanted: Wanted): Promise<Detail | null> {
  return turn(async () => {
    const levels = await levelsOf(curve, wanted.along);
    const picked = levels && pick(levels, wanted);
    return picked && { key: picked.key, covered: picked.covered, parts: await picked.load() };
  });
}

/** Whether a part that is loaded already is what would be fetched now. */
export function detailServes(curve: Curve, detail: Detail | undefined, wanted: Wanted): boolean {
  const levels = known.get(curve);
  if (!detail || !levels || (wanted.along.log && curve.log && !levels.log)) return false;
  return pick(levels, wanted)?.key === detail.key;
}

/** Whether a part shows all that is wanted. */
export function detailCovers({ covered }: Detail, wanted: Wanted): boolean {
  const [, ranges] = placesOf(wanted);
  return ranges.every(([low, high]) => covered.some(([from, to]) => from <= low && to >= high));
}

/** The entries of a part along an axis. */
export function detailEntries(detail: Detail, along: Along, started: number): Entries | null {
  return joinEntries(detail.parts.map((part) => entriesOf(part, along, started)));
}
