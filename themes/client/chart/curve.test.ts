import { describe, expect, it } from "vitest";
import { column } from "../data";
import type { Curve } from "../types";
import { badValues, curveAlong, entriesOf, joinEntries } from "./curve";

const CURVE: Curve = {
  run: 0,
  rows: 8,
  bucket: 2,
  step: { from: 1, by: 2, n: 4 },
  time: [0.5, 1, 1.5, 2],
  last: [4, null, 2, 1],
  min: [3, null, 2, 0],
  max: [4, null, 3, 1],
  mean: [3.5, null, 2.5, 0.5],
  bad: [[1, 2]],
};

describe("columns", () => {
  it("expands a ramp", () => {
    expect([...column({ from: 10, by: 0.5, n: 4 })]).toEqual([10, 10.5, 11, 11.5]);
    expect(column({ from: 0, by: 1, n: 0 })).toHaveLength(0);
  });

  it("reads null as NaN", () => {
    expect([...column([1, null, 3])]).toEqual([1, NaN, 3]);
  });

  it("is expanded once", () => {
    const numbers = [1, 2];
    expect(column(numbers)).toBe(column(numbers));
  });
});

describe("a curve over another metric", () => {
  const OVER: Curve = { run: 0, rows: 3, bucket: 1, step: [2, 3, 1], time: [2, 3, 1], x: [0.5, 0.5, 2], last: [7, 8, 9] };

  it("stands on its places", () => {
    const curve = { ...CURVE, x: [0, 0, 1, 1.5] };
    const { x, aligned } = entriesOf(curve, "own");
    expect([...x]).toEqual([0, 0, 1, 1.5]);
    expect(aligned).toBe(true);
    expect(curveAlong(curve, "own")).toBe(curve);
  });

  it("is another one where points are left out or change places", () => {
    const curve = { ...CURVE, over: OVER };
    expect([...entriesOf(curve, "own").last]).toEqual([7, 8, 9]);
    expect([...entriesOf(curve, "own").x]).toEqual([0.5, 0.5, 2]);
    expect([...entriesOf(curve, "step").x]).toEqual([1, 3, 5, 7]);
    expect([...entriesOf(curve, "relative").x]).toEqual([0.5, 1, 1.5, 2]);
    expect([curveAlong(curve, "own"), curveAlong(curve, "wall")]).toEqual([OVER, curve]);
  });

  it("has no entries where none of its points has a place", () => {
    expect(curveAlong(CURVE, "own")).toBeNull();
    expect(entriesOf(CURVE, "own").x).toHaveLength(0);
  });
});

describe("entries of a curve", () => {
  it("stand along each axis", () => {
    expect([...entriesOf(CURVE, "step").x]).toEqual([1, 3, 5, 7]);
    expect([...entriesOf(CURVE, "relative").x]).toEqual([0.5, 1, 1.5, 2]);
    expect([...entriesOf(CURVE, "wall", 100).x]).toEqual([100500, 101000, 101500, 102000]);
  });

  it("are none along wall time when nobody knows when the run started", () => {
    expect(entriesOf(CURVE, "wall", NaN).x).toHaveLength(0);
  });

  it("are put in order when the steps went back, and say so", () => {
    const entries = entriesOf({ ...CURVE, step: [1, 2, 1, 3] }, "step");
    expect([...entries.x]).toEqual([1, 1, 2, 3]);
    expect([...entries.last]).toEqual([4, 2, NaN, 1]);
    expect([...(entries.min ?? [])]).toEqual([3, 2, NaN, 0]);
    expect(entries.aligned).toBe(false);
    expect(entriesOf(CURVE, "step").aligned).toBe(true);
  });

  it("of neighbouring tiles become one", () => {
    const first = entriesOf(CURVE, "step");
    const second = entriesOf({ ...CURVE, step: { from: 9, by: 2, n: 4 } }, "step");
    const joined = joinEntries([first, second]);
    expect([...(joined?.x ?? [])]).toEqual([1, 3, 5, 7, 9, 11, 13, 15]);
    expect(joined?.max).toHaveLength(8);
    expect(joinEntries([])).toBeNull();
  });

  it("count what is not finite", () => {
    expect(badValues(CURVE)).toBe(2);
  });
});
