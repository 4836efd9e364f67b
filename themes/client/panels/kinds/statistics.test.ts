import { describe, expect, it } from "vitest";
import { rankCorrelation, summaryOf, varianceBetween } from "./statistics";

describe("what numbers come to", () => {
  it("has center and band as groups of lines have them", () => {
    const numbers = [3, NaN, 1, 2, 6];
    expect(summaryOf(numbers, { center: "mean", band: "std" })).toMatchObject({ n: 4, center: 3 });
    const { low, high } = summaryOf(numbers, { center: "mean", band: "std" });
    expect(high - 3).toBeCloseTo(Math.sqrt(14 / 3));
    expect(3 - low).toBeCloseTo(Math.sqrt(14 / 3));
    expect(summaryOf(numbers, { center: "median", band: "minmax" })).toEqual({ n: 4, center: 2.5, low: 1, high: 6 });
    const { high: upper } = summaryOf(numbers, { center: "mean", band: "ci95" });
    expect(upper - 3).toBeCloseTo((3.182 * Math.sqrt(14 / 3)) / 2);
  });

  it("has no band for a single number, and nothing for none", () => {
    expect(summaryOf([5], { center: "mean", band: "std" })).toEqual({ n: 1, center: 5, low: 5, high: 5 });
    expect(summaryOf([NaN], { center: "mean", band: "std" }).n).toBe(0);
  });
});

describe("what two columns have to do with each other", () => {
  it("is 1 for what only grows, on whatever scale, and -1 for what only falls", () => {
    expect(rankCorrelation([1e-4, 1e-3, 1, 5], [1, 2, 3, 400])).toBeCloseTo(1);
    expect(rankCorrelation([1, 2, 3, 4], [8, 6, 1, 0])).toBeCloseTo(-1);
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNaN();
  });

  it("gives equal numbers the same rank", () => {
    expect(rankCorrelation([1, 1, 2, 2], [5, 5, 9, 9])).toBeCloseTo(1);
    expect(rankCorrelation([1, 1, 2, 2], [5, 9, 5, 9])).toBeCloseTo(0);
  });

  it("of words is the share of the variance between their groups", () => {
    expect(varianceBetween(["a", "a", "b", "b"], [1, 1, 3, 3])).toBeCloseTo(1);
    expect(varianceBetween(["a", "b", "a", "b"], [1, 1, 3, 3])).toBeCloseTo(0);
  });
});
