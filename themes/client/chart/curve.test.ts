import { describe, expect, it } from "vitest";
import { column } from "../data";
import type { Curve, Packed } from "../types";
import vectors from "../../../tests/vectors/columns.json";
import { type Axis, badValues, curveAlong, entriesOf, joinEntries } from "./curve";

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
  bad: [[1, 1, 0, 1]],
};

const on = (axis: Axis) => ({ axis, log: false });

describe("columns", () => {
  it("expands a ramp", () => {
    expect([...column({ from: 10, by: 0.5, n: 4 })]).toEqual([10, 10.5, 11, 11.5]);
    expect(column({ from: 0, by: 1, n: 0 })).toHaveLength(0);
    expect([...column({ from: 15, by: 16, n: 4, to: 50 })]).toEqual([15, 31, 47, 50]);
  });

  it("unpacks floats of 32 and 64 bits, the lowest bytes first", () => {
    // Made by reportgen.site.columns.packed; tests/vectors/columns.json
    for (const { packed, numbers } of vectors) expect([...column(packed as Packed)]).toEqual(numbers.map((number) => number ?? NaN));
    expect(vectors.map(({ packed }) => Object.keys(packed)[0])).toEqual(["f4", "f4", "f8"]);
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
    expect([...entriesOf(curve, on("own")).x]).toEqual([0, 0, 1, 1.5]);
    expect(curveAlong(curve, "own")).toBe(curve);
  });

  it("is another one where points are left out or change places", () => {
    const curve = { ...CURVE, over: OVER };
    expect([...entriesOf(curve, on("own")).last]).toEqual([7, 8, 9]);
    expect([...entriesOf(curve, on("own")).x]).toEqual([0.5, 0.5, 2]);
    expect([...entriesOf(curve, on("step")).x]).toEqual([1, 3, 5, 7]);
    expect([...entriesOf(curve, on("relative")).x]).toEqual([0.5, 1, 1.5, 2]);
    expect([curveAlong(curve, "own"), curveAlong(curve, "wall")]).toEqual([OVER, curve]);
  });

  it("has no entries where none of its points has a place", () => {
    expect(curveAlong(CURVE, "own")).toBeNull();
    expect(entriesOf(CURVE, on("own")).x).toHaveLength(0);
  });
});

describe("entries of a curve", () => {
  it("stand along each axis", () => {
    expect([...entriesOf(CURVE, on("step")).x]).toEqual([1, 3, 5, 7]);
    expect([...entriesOf(CURVE, on("relative")).x]).toEqual([0.5, 1, 1.5, 2]);
    expect([...entriesOf(CURVE, on("wall"), 100).x]).toEqual([100500, 101000, 101500, 102000]);
  });

  it("are none along wall time when nobody knows when the run started", () => {
    expect(entriesOf(CURVE, on("wall"), NaN).x).toHaveLength(0);
  });

  it("are put in order when the steps went back", () => {
    const entries = entriesOf({ ...CURVE, step: [1, 2, 1, 3] }, on("step"));
    expect([...entries.x]).toEqual([1, 1, 2, 3]);
    expect([...entries.last]).toEqual([4, 2, NaN, 1]);
    expect([...(entries.min ?? [])]).toEqual([3, 2, NaN, 0]);
    expect([...entries.bad]).toEqual([[2, [1, 0, 1]]]);
  });

  it("of neighbouring tiles become one", () => {
    const first = entriesOf(CURVE, on("step"));
    const second = entriesOf({ ...CURVE, step: { from: 9, by: 2, n: 4 } }, on("step"));
    const joined = joinEntries([first, second]);
    expect([...(joined?.x ?? [])]).toEqual([1, 3, 5, 7, 9, 11, 13, 15]);
    expect(joined?.max).toHaveLength(8);
    expect([...(joined?.bad ?? [])]).toEqual([
      [1, [1, 0, 1]],
      [5, [1, 0, 1]],
    ]);
    expect(joinEntries([])).toBeNull();
  });

  it("that overlap are put in order", () => {
    const first = entriesOf(CURVE, on("step"));
    const second = entriesOf({ ...CURVE, step: [2, 4, 8, 9] }, on("step"));
    expect([...(joinEntries([first, second])?.x ?? [])]).toEqual([1, 2, 3, 4, 5, 7, 8, 9]);
  });

  it("above 0 are those of a logarithmic axis, and the others are counted", () => {
    const curve = { ...CURVE, step: [-1, 0, 2, 4] };
    const entries = entriesOf(curve, { axis: "step", log: true });
    expect([[...entries.x], [...entries.last], [...(entries.min ?? [])]]).toEqual([[2, 4], [2, 1], [2, 0]]);
    expect([entries.left, entries.bad.size]).toEqual([4, 0]);
    const later = entriesOf({ ...curve, step: [-1, 2, 4, 8], ends: [4, 5, 6, 7] }, { axis: "step", log: true });
    expect([later.left, ...later.bad]).toEqual([5, [0, [1, 0, 1]]]);
    expect(entriesOf(curve, on("step")).x).toHaveLength(4);
  });

  it("count what is not finite", () => {
    expect(badValues(CURVE)).toBe(2);
  });
});
