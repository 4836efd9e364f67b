import { describe, expect, it } from "vitest";
import type { Entries } from "./curve";
import { smoothed, smoothingUnit } from "./smooth";

function entries(x: number[], last: number[]): Entries {
  return { x: Float64Array.from(x), last: Float64Array.from(last), min: null, max: null, mean: null, bucket: 1, bad: new Map(), counts: null, left: 0, unmatched: 0, joined: 1 };
}

describe("smoothing", () => {
  it("starts at the first value and keeps a constant", () => {
    expect([...smoothed(entries([0, 1, 2], [3, 3, 3]), 0.9, 1)].map((value) => value.toFixed(9))).toEqual(
      Array(3).fill("3.000000000"),
    );
  });

  it("is the average that everyone knows when points are evenly spaced", () => {
    // Weight 0.5: (0*0.25 + 0*... ) done by hand with debiasing.
    const [first, second, third] = smoothed(entries([0, 1, 2], [0, 1, 1]), 0.5, 1);
    expect(first).toBeCloseTo(0);
    expect(second).toBeCloseTo(1 / 1.5);
    expect(third).toBeCloseTo(1.5 / 1.75);
  });

  it("forgets by distance and not by count", () => {
    const near = smoothed(entries([0, 1, 2], [0, 0, 1]), 0.5, 1);
    const far = smoothed(entries([0, 1, 10], [0, 0, 1]), 0.5, 1);
    expect(far[2] as number).toBeGreaterThan(near[2] as number);
    expect(far[2] as number).toBeGreaterThan(0.99);
  });

  it("takes several values at one place as one, their mean", () => {
    const many = smoothed(entries([0, 0, 1, 1, 1, 2], [0, 2, 3, 9, 0, 6]), 0.5, 1);
    const means = smoothed(entries([0, 1, 2], [1, 4, 6]), 0.5, 1);
    expect([many[1], many[4], many[5]].map((value) => value?.toFixed(9))).toEqual([...means].map((value) => value.toFixed(9)));
    expect(many[0]).toBe(0);
    expect(smoothingUnit(Float64Array.from([0, 0, 0, 5, 5, 10]), 6)).toBe(5);
  });

  it("leaves a gap a gap and goes on after it", () => {
    const out = smoothed(entries([0, 1, 2], [2, NaN, 2]), 0.9, 1);
    expect(out[1]).toBeNaN();
    expect(out[2]).toBeCloseTo(2);
  });

  it("of a part goes on from the whole", () => {
    const x = Array.from({ length: 50 }, (_, index) => index);
    const whole = smoothed(entries(x, x.map(Math.sin)), 0.9, 1);
    const part = smoothed(entries(x.slice(30), x.slice(30).map(Math.sin)), 0.9, 1, { x: 29, value: whole[29] as number });
    expect(part[19]).toBeCloseTo(whole[49] as number, 2);
  });

  it("measures by points while they are few, then by the length of the curve", () => {
    const x = Float64Array.from([0, 1000]);
    expect(smoothingUnit(x, 11)).toBe(100);
    expect(smoothingUnit(x, 100_000)).toBe(2);
    expect(smoothingUnit(Float64Array.from([5]), 1)).toBe(0);
  });
});
