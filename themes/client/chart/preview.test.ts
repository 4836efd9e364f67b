import { describe, expect, it } from "vitest";
import part from "../../../tests/vectors/preview.json";
import type { PreviewPart } from "../types";
import { previewCurves } from "./preview";

// Made by reportgen/frames/preview.py: tests/frames/test_preview.py has the same points.
const curves = previewCurves(part as PreviewPart);
const list = (numbers: unknown) => [...(numbers as Float64Array)];

describe("a preview", () => {
  it("has every run with its points, from its first step to its last", () => {
    expect(curves.map(({ run, rows, bucket }) => [run, rows, bucket])).toEqual([[0, 100, 4], [1, 3, 1], [2, 40, 2], [3, 64, 2]]);
    expect(list(curves[0]?.step).slice(0, 4).map(Math.round)).toEqual([0, 5, 9, 13]);
    expect(list(curves[0]?.step)).toHaveLength(26);
    expect(list(curves[3]?.step)[0]).toBe(3);
    expect(list(curves[3]?.step).at(-1)).toBe(318);
    for (const { step } of curves) expect(list(step)).toEqual([...list(step)].sort((a, b) => a - b));
  });

  it("goes through every extreme, the way that the curve goes", () => {
    expect(list(curves[0]?.last)[0]).toBe(100);
    expect(list(curves[0]?.last).at(-1)).toBe(1);
    expect(list(curves[0]?.last)).toEqual([...list(curves[0]?.last)].sort((a, b) => b - a));
    expect(list(curves[3]?.last).filter((value) => value > 8.9)).toHaveLength(1);
  });

  it("of few points is these points", () => {
    expect(list(curves[1]?.step)).toEqual([0, 1, 2]);
    expect(list(curves[1]?.last).map((value) => value.toFixed(1))).toEqual(["1.5", "2.5", "0.5"]);
  });

  it("has gaps where nothing is finite", () => {
    expect(list(curves[2]?.last)).toEqual(Array.from({ length: 20 }, () => NaN));
  });

  it("of nothing is nothing", () => {
    expect(previewCurves({ ...(part as PreviewPart), runs: [], rows: [], first: [], last: [], low: [], high: [], levels: "" })).toEqual([]);
  });
});
