import { describe, expect, it } from "vitest";
import type { Curve } from "../types";
import { entriesOf } from "./curve";
import type { DrawnLine } from "./plot";
import { valueText } from "./tooltip";

const CURVE: Curve = {
  run: 0,
  rows: 12,
  bucket: 4,
  step: [3, 7, 11],
  time: [3, 7, 11],
  last: [2, null, 1.00001],
  min: [1, 0.5, 1.00001],
  max: [4, 0.5, 1.000012],
  mean: [2, 0.5, 1.00001],
  bad: [[1, 2, 1, 0]],
};

function line(smooth: Float64Array | null = null): DrawnLine {
  const entries = entriesOf(CURVE, { axis: "step", log: false });
  const shape = smooth ? { ...entries, last: smooth } : entries;
  return { key: "0/0", run: 0, name: "a", entries, smooth, shape, colour: 0, dash: [], pale: false, band: false };
}

describe("the tooltip of a line", () => {
  it("says what an entry stands for, where that is more than one value to the eye", () => {
    expect(valueText([line(), 0])).toEqual({ value: "2", detail: "1 – 4" });
    expect(valueText([line(), 2])).toEqual({ value: "1", detail: "" });
  });

  it("says at a gap what was logged there", () => {
    expect(valueText([line(), 1])).toEqual({ value: "NaN", detail: "2 NaN, 1 ∞" });
  });

  it("says beside a smoothed value what was logged", () => {
    expect(valueText([line(Float64Array.of(1.5, NaN, 1)), 0])).toEqual({ value: "1.5", detail: "2" });
  });
});
