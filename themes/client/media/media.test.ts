import { describe, expect, it } from "vitest";
import { histogramBars } from "./histogram";
import { allSteps, byKey, itemsAt } from "./steps";
import { compareTexts } from "./table";

const items = [
  { key: "img", step: 10 },
  { key: "img", step: 0 },
  { key: "img", step: 10 },
  { key: "hist", step: 5 },
];

describe("steps", () => {
  it("are those of all keys, once and in order", () => {
    expect(allSteps(items)).toEqual([0, 5, 10]);
  });

  it("show the nearest earlier item, the first one before there is any, and all of one step", () => {
    const images = byKey(items).get("img") ?? [];
    expect(itemsAt(images, 7).map(({ step }) => step)).toEqual([0]);
    expect(itemsAt(images, 10).map(({ step }) => step)).toEqual([10, 10]);
    expect(itemsAt(byKey(items).get("hist") ?? [], 0).map(({ step }) => step)).toEqual([5]);
    expect(itemsAt([], 3)).toEqual([]);
  });
});

describe("histogramBars", () => {
  it("fill the box, the tallest to the top, each as wide as its bin", () => {
    const bars = histogramBars({ bins: [0, 1, 4], values: [2, 1] }, 100, 50);
    expect(bars.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
      [0, 0, 25, 50],
      [25, 25, 75, 25],
    ]);
  });

  it("leave out what is no number and stand at zero when all is empty", () => {
    expect(histogramBars({ bins: [0, 1, 2], values: [0, NaN] }, 10, 10).map(({ height }) => height)).toEqual([0]);
    expect(histogramBars({ bins: [], values: [] }, 10, 10)).toEqual([]);
  });
});

describe("compareTexts", () => {
  it("compares numbers by size and keeps empty cells last", () => {
    expect(["10", "", "9", "1e-3"].sort(compareTexts)).toEqual(["1e-3", "9", "10", ""]);
    expect(["b10", "b9", "B1"].sort(compareTexts)).toEqual(["B1", "b9", "b10"]);
  });
});
