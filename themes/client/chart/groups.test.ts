import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/groups.json";
import type { Entries } from "./curve";
import { type GroupBand, type Statistic, groupBand, studentT } from "./groups";

type Described = { points: (number | null)[][] } | { start: number; by: number; n: number; factor: number; modulus: number };

function entries(points: readonly (readonly (number | null)[])[], others: Partial<Entries> = {}): Entries {
  const column = (place: number) => Float64Array.from(points, (point) => point[place] ?? NaN);
  return { x: column(0), last: column(1), min: null, max: null, mean: null, bucket: 1, bad: new Map(), counts: null, left: 0, unmatched: 0, joined: 1, ...others };
}

/** A run of the vectors: its points, or how to compute them. */
function member(run: Described): Entries {
  if ("points" in run) return entries(run.points);
  return entries(Array.from({ length: run.n }, (_, n) => [run.start + run.by * n, ((n * run.factor) % run.modulus) / run.modulus]));
}

function row({ x, center, low, high, count }: GroupBand, place: number): (number | null)[] {
  return [x, center, low, high, count].map((column) => column[place] as number).map((value) => (Number.isNaN(value) ? null : value));
}

const MEAN: Statistic = { center: "mean", band: "std" };

describe("the band of a group", () => {
  it.each(vectors.cases)("is what reportgen/frames/groups.py finds for $name", ({ center, band, runs, bucket, entries: length, at, rows }) => {
    const found = groupBand((runs as Described[]).map(member), { center, band } as Statistic);
    expect([found.bucket, found.x.length]).toEqual([bucket, length]);
    const scale = Math.max(...rows.flatMap((numbers) => numbers.slice(1, 4)).map((value) => Math.abs(value ?? 0)));
    at.forEach((place, index) => {
      row(found, place).forEach((value, column) => {
        const wanted = rows[index]?.[column] ?? null;
        expect(value === null).toBe(wanted === null);
        // Summed in another order, floats differ in their last digits.
        if (value !== null && wanted !== null) expect(Math.abs(value / scale - wanted / scale)).toBeLessThanOrEqual(1e-12);
      });
    });
  });

  it("has the points of Student's t", () => {
    expect(vectors.student.map((_, index) => studentT(index + 2))).toEqual(vectors.student);
  });

  it("does not depend on the order of the runs", () => {
    const runs = [[0.1, 0.7], [0.2, 1e9], [0.3, -3], [1e-9, 0.4]].map((values) => entries(values.map((value, step) => [step, value])));
    const one = groupBand(runs, MEAN);
    const other = groupBand([...runs].reverse(), MEAN);
    expect(other).toEqual(one);
  });

  it("keeps the extremes of entries that stand for many points, and takes their means", () => {
    const reduced = entries([[9, 1], [19, 2]], { mean: Float64Array.of(5, 6), min: Float64Array.of(-7, 0), max: Float64Array.of(8, 90), bucket: 10 });
    const found = groupBand([reduced, entries([[9, 1], [19, 2]])], { center: "mean", band: "minmax" });
    expect([row(found, 0), row(found, 1)]).toEqual([
      [9, 3, -7, 8, 2],
      [19, 4, 0, 90, 2],
    ]);
  });

  it("is nothing without runs, and a gap where nobody has a number", () => {
    expect(groupBand([], MEAN).x.length).toBe(0);
    expect(row(groupBand([entries([[3, NaN]])], MEAN), 0)).toEqual([3, null, null, null, 0]);
  });
});
