import { describe, expect, it } from "vitest";
import { countOutside, domainWithout, fences } from "./outliers";
import type { Shape } from "./plane";

function shape(last: readonly number[], others: Partial<Shape> = {}): Shape {
  return { x: Float64Array.from(last.keys()), last: Float64Array.from(last), min: null, max: null, ...others };
}

const RISING = Array.from({ length: 120 }, (_, index) => 1 - Math.exp(-(index + 1) / 40));
const ALL = [0, 1000] as const;
const STEADY = Array.from({ length: 200 }, (_, index) => 1 + Math.sin(index));
const FALLING = Array.from({ length: 200 }, (_, index) => 10 * Math.exp(-index / 40));

describe("outliers", () => {
  it("are none in a curve that falls or goes up and down", () => {
    for (const values of [STEADY, FALLING, FALLING.map((value) => -value)]) {
      const y = domainWithout([shape(values)], ALL, false);
      expect(countOutside([shape(values)], ALL, y, false)).toBe(0);
    }
  });

  it("are none on a logarithmic axis either", () => {
    for (const values of [FALLING, RISING]) {
      const y = domainWithout([shape(values)], ALL, true);
      expect(countOutside([shape(values)], ALL, y, true)).toBe(0);
    }
  });

  it("are spikes of whatever size, to both sides", () => {
    const values = STEADY.map((value, index) => (index === 50 ? 1e30 : index === 60 ? -500 : value));
    const y = domainWithout([shape(values)], ALL, false);
    expect(y[0]).toBeGreaterThan(-1);
    expect(y[1]).toBeLessThan(3);
    expect(countOutside([shape(values)], ALL, y, false)).toBe(2);
  });

  it("are found in the extremes of entries that stand for many points", () => {
    const max = Float64Array.from(STEADY, (value, index) => (index === 50 ? 90 : value + 0.1));
    const min = Float64Array.from(STEADY, (value) => value - 0.1);
    const y = domainWithout([shape(STEADY, { min, max })], ALL, false);
    expect(y[1]).toBeLessThan(3);
    expect(countOutside([shape(STEADY, { min, max })], ALL, y, false)).toBe(1);
  });

  it("are told by ratios on a logarithmic axis, where what is not above 0 has no place", () => {
    const values = FALLING.map((value, index) => (index === 50 ? 1e9 : index === 51 ? -1 : index === 52 ? 0 : value));
    const y = domainWithout([shape(values)], ALL, true);
    expect(y[0]).toBeGreaterThan(0.01);
    expect(y[1]).toBeLessThan(100);
    expect(countOutside([shape(values)], ALL, y, true)).toBe(1);
  });

  it("are looked for among what is shown", () => {
    const values = [...Array.from(STEADY, () => 1000), ...STEADY];
    expect(domainWithout([shape(values)], [200, 400], false)[1]).toBeLessThan(3);
  });

  it("are everything that differs where nearly all is the same", () => {
    const values = STEADY.map((_, index) => (index === 7 ? 2 : 1));
    expect(domainWithout([shape(values)], ALL, false)).toEqual([0.9, 1.1]);
  });

  it("are none without values", () => {
    expect(fences([shape([])], ALL, false)).toBeNull();
    expect(domainWithout([shape([NaN, Infinity])], ALL, false)).toEqual([0, 1]);
  });
});
