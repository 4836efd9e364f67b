import { describe, expect, it } from "vitest";
import { column } from "../../data";
import { densities, slicesOf, stepEdges } from "./heatmap";

describe("histograms over steps", () => {
  it("are those among the media of a key, in the order of steps, the last at each", () => {
    const bars = (step: number, count: number) => ({ step, kind: "histogram", bins: [0, 1, 2], values: [count, 1] });
    const slices = slicesOf([bars(2, 5), bars(1, 3), bars(2, 7), { step: 3, kind: "image-file", uri: "a.png" }, { step: 4, kind: "histogram", bins: [0], values: [1] }], column);
    expect(slices.map(({ step, values }) => [step, values[0]])).toEqual([[1, 3], [2, 7]]);
  });

  it("compare bins of unequal width by density", () => {
    expect(densities({ step: 0, bins: [0, 1, 3], values: [2, 2] })).toEqual([0.5, 0.25]);
    expect(densities({ step: 0, bins: [0, 1, 1], values: [0, 0] })).toEqual([0, 0]);
  });

  it("stand in columns that meet halfway between their steps", () => {
    expect(stepEdges([0, 10, 30])).toEqual([-5, 5, 20, 40]);
    expect(stepEdges([7])).toEqual([6.5, 7.5]);
  });
});
