import { describe, expect, it } from "vitest";
import type { TileIndex } from "../types";
import type { Entries } from "./curve";
import { chooseTiles, rowsWithin, serves, wantedBucket } from "./levels";

const ROWS = 1_000_000;
const BUCKET = 2048;
const COUNT = Math.ceil(ROWS / BUCKET);

const OVERVIEW: Entries = {
  x: Float64Array.from({ length: COUNT }, (_, index) => Math.min((index + 1) * BUCKET, ROWS) - 1),
  last: new Float64Array(COUNT),
  min: null,
  max: null,
  mean: null,
  bucket: BUCKET,
  aligned: true,
};

function level(bucket: number): TileIndex["levels"][number] {
  const entries = Math.ceil(ROWS / bucket);
  const tiles = [];
  for (let first = 0; first < entries; first += 4096) {
    const last = Math.min(first + 4096, entries) - 1;
    tiles.push({ first, last, data: { key: `L${bucket}-${first}`, url: `L${bucket}-${first}.js` } });
  }
  return { bucket, tiles };
}

const INDEX: TileIndex = { levels: [256, 32, 4, 1].map(level) };

function choose(from: number, to: number, width = 500) {
  return chooseTiles(INDEX, OVERVIEW, rowsWithin(OVERVIEW, [from, to], ROWS), width);
}

describe("the level for a zoom", () => {
  it("is the overview while that is fine enough", () => {
    expect(choose(0, ROWS, 300)).toBeNull();
  });

  it("is the coarsest that has an entry for each pixel", () => {
    expect(choose(200_000, 400_000)?.bucket).toBe(256);
    expect(choose(200_000, 240_000)?.bucket).toBe(32);
  });

  it("is the raw points when there are few for each pixel", () => {
    expect(choose(500_000, 500_100)?.bucket).toBe(1);
    expect(choose(500_000, 501_900)?.bucket).toBe(1);
  });

  it("never needs more than two tiles, and they cover what is seen", () => {
    for (let from = 0; from < 900_000; from += 33_333) {
      for (const size of [100, 1000, 10_000, 90_000]) {
        const rows = rowsWithin(OVERVIEW, [from, from + size], ROWS);
        const choice = chooseTiles(INDEX, OVERVIEW, rows, 500);
        expect(choice?.tiles.length).toBeLessThanOrEqual(2);
        expect(choice?.rows.first).toBeLessThanOrEqual(rows.first);
        expect(choice?.rows.end).toBeGreaterThanOrEqual(rows.end);
      }
    }
  });

  it("includes a point on each side of the range", () => {
    const rows = rowsWithin(OVERVIEW, [BUCKET * 10, BUCKET * 11], ROWS);
    expect(rows.first).toBeLessThanOrEqual(BUCKET * 10 - 1);
    expect(rows.end).toBeGreaterThan(BUCKET * 11);
  });
});

describe("what is loaded", () => {
  it("serves a part of itself and nothing else", () => {
    const loaded = { bucket: 1, rows: { first: 4096, end: 8192 } };
    expect(serves(loaded, { first: 5000, end: 6000, count: 1000 }, 500)).toBe(true);
    expect(serves(loaded, { first: 4000, end: 6000, count: 2000 }, 500)).toBe(false);
  });

  it("does not serve once finer points could be seen", () => {
    const loaded = { bucket: 32, rows: { first: 0, end: 100_000 } };
    expect(serves(loaded, { first: 0, end: 50_000, count: 50_000 }, 500)).toBe(true);
    expect(serves(loaded, { first: 0, end: 50_000, count: 3_000 }, 500)).toBe(false);
    expect(wantedBucket({ first: 0, end: 4096, count: 2000 }, 500)).toBe(1);
  });
});
