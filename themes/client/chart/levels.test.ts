import { describe, expect, it } from "vitest";
import tilesVector from "../../../tests/vectors/tiles.json";
import type { TileEntry, TileIndex } from "../types";
import { type Choice, chooseTiles } from "./levels";

const TILE = 4096;

/** What the build writes of a run that logged at these places. */
function indexOf(x: Float64Array): TileIndex {
  const buckets = [1];
  while ((buckets[0] as number) * TILE < x.length) buckets.unshift((buckets[0] as number) * 8);
  const tile = (bucket: number, first: number): TileEntry => {
    const last = Math.min(first + TILE, Math.ceil(x.length / bucket)) - 1;
    const places = Array.from({ length: last - first + 1 }, (_, index) => x[Math.min((first + index + 1) * bucket, x.length) - 1] as number);
    return { first, last, data: { key: `${bucket}-${first}`, url: "" }, step: [places.reduce((a, b) => Math.min(a, b)), places.reduce((a, b) => Math.max(a, b))] };
  };
  const levels = buckets.map((bucket) => ({
    bucket,
    tiles: Array.from({ length: Math.ceil(x.length / bucket / TILE) }, (_, number) => tile(bucket, number * TILE)),
  }));
  return { levels };
}

const ROWS = 1_000_000;
const EVEN = Float64Array.from({ length: ROWS }, (_, row) => row);
/** A run that logged rarely, then often, then not at all for a while. */
const UNEVEN = EVEN.map((row) => (row < 1000 ? row * 500 : row < 700_000 ? 500_000 + row : 5_000_000 + row * row));
/** A seeded choice between 0 and 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function rowsOf({ tiles, bucket }: Choice): [number, number] {
  return [(tiles[0] as TileEntry).first * bucket, ((tiles[tiles.length - 1] as TileEntry).last + 1) * bucket];
}

function firstAtLeast(x: Float64Array, value: number): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((x[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

describe.each([
  ["even steps", EVEN],
  ["steps of many sizes", UNEVEN],
])("a zoom on a million points with %s", (_, x) => {
  const index = indexOf(x);
  const end = x[ROWS - 1] as number;

  it("needs two tiles at most, that hold all of it and the points beside it", () => {
    const next = random(7);
    for (let round = 0; round < 5000; round += 1) {
      const size = end * 10 ** (-7 * next());
      const from = next() * (end - size);
      const choice = chooseTiles(index, "step", [[from, from + size]]) as Choice;
      expect(choice.tiles.length).toBeLessThanOrEqual(2);
      const [first, after] = rowsOf(choice);
      const before = Math.max(firstAtLeast(x, from) - 1, 0);
      const behind = Math.min(firstAtLeast(x, from + size), ROWS - 1);
      expect(first).toBeLessThanOrEqual(before);
      expect(after).toBeGreaterThan(behind);
      expect(choice.covered).toHaveLength(1);
      const [[low, high]] = choice.covered as [[number, number]];
      expect(low <= from && high >= from + size).toBe(true);
    }
  });

  it("ends in raw points: those of one tile's length always, others as fine as two tiles can be", () => {
    const next = random(11);
    for (let round = 0; round < 2000; round += 1) {
      const count = Math.floor(10 ** (6 * next()));
      const row = Math.floor(next() * (ROWS - count));
      const { bucket } = chooseTiles(index, "step", [[x[row] as number, x[row + count - 1] as number]]) as Choice;
      if (count < TILE) expect(bucket).toBe(1);
      // On 2,000 pixels that is an entry for four of them at the least.
      else expect(count / bucket).toBeGreaterThan(TILE / 8 - 2);
    }
  });
});

describe("the tiles that a build has written", () => {
  const levels = tilesVector.levels.map(({ bucket, tiles }) => ({
    bucket,
    tiles: tiles.map((tile) => ({ ...tile, step: tile.step as [number, number], data: { key: `${bucket}-${tile.first}`, url: "" } })),
  }));

  it("are those that the tests here make", () => {
    expect(indexOf(Float64Array.from({ length: tilesVector.rows }, (_, row) => Math.floor((row * row) / 100))).levels).toEqual(levels);
  });

  it.each(tilesVector.zooms)("are chosen for $range", ({ range, chosen }) => {
    const choice = chooseTiles({ levels }, "step", [range as [number, number]]);
    expect([choice?.bucket, choice?.tiles[0]?.first, choice?.tiles[choice.tiles.length - 1]?.last]).toEqual(chosen);
  });
});

describe("the tiles for a zoom", () => {
  const index = indexOf(EVEN.subarray(0, 20_000));

  it("are the neighbours of a range between two of them", () => {
    const gap = indexOf(EVEN.subarray(0, 20_000).map((row) => (row < TILE ? row : row + 1000)));
    const choice = chooseTiles(gap, "step", [[4200, 4300]]);
    expect(choice?.tiles.map(({ first }) => first)).toEqual([0, TILE]);
    expect(choice?.covered).toEqual([[-Infinity, 2 * TILE - 1 + 1000]]);
  });

  it("are the nearest for a range outside of all", () => {
    expect(chooseTiles(index, "step", [[-50, -10]])?.tiles.map(({ first }) => first)).toEqual([0]);
    expect(chooseTiles(index, "step", [[30_000, 40_000]])?.tiles.map(({ first }) => first)).toEqual([4 * TILE]);
  });

  it("are raw for several ranges that lie apart, each with its neighbours", () => {
    const choice = chooseTiles(index, "step", [[100, 200], [TILE + 5, TILE + 6], [4 * TILE + 7, 4 * TILE + 9]]) as Choice;
    expect([choice.bucket, choice.tiles.map(({ first }) => first)]).toEqual([1, [0, TILE, 4 * TILE]]);
    expect(choice.covered).toEqual([[-Infinity, 2 * TILE - 1], [4 * TILE, Infinity]]);
    const many = Array.from({ length: 20 }, (_, place): [number, number] => [place * 40_000, place * 40_000 + 1]);
    expect(chooseTiles(indexOf(EVEN), "step", many)?.bucket).toBe(64);
  });

  it("are none on an axis where nothing has a place", () => {
    expect(chooseTiles(index, "time", [[0, 10]])).toBeNull();
  });

  it("are all between, where steps went back", () => {
    const back = indexOf(EVEN.subarray(0, 20_000).map((row) => row % 10_000));
    const { bucket, tiles } = chooseTiles(back, "step", [[100, 200]]) as Choice;
    expect([bucket, tiles.length]).toEqual([8, 1]);
  });
});
