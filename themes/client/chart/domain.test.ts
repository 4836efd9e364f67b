import { describe, expect, it } from "vitest";
import { above0, countNonPositive, domainX, domainY, extentY, offScale, onScale, within, zoomed } from "./domain";
import type { Shape } from "./plane";

function shape(x: number[], last: number[], min?: number[], max?: number[]): Shape {
  return { x: Float64Array.from(x), last: Float64Array.from(last), min: min ? Float64Array.from(min) : null, max: max ? Float64Array.from(max) : null };
}

describe("domains", () => {
  it("hold every point of every line", () => {
    expect(domainX([Float64Array.from([1, 5]), Float64Array.from([3, 9]), new Float64Array()])).toEqual([1, 9]);
  });

  it("are never empty", () => {
    expect(domainX([])).toEqual([0, 1]);
    expect(domainX([Float64Array.from([4])])).toEqual([3.5, 4.5]);
    expect(domainY([], [0, 1], false)).toEqual([0, 1]);
    const [low, high] = domainY([shape([0, 1], [2, 2])], [0, 1], false);
    expect(low).toBeLessThan(2);
    expect(high).toBeGreaterThan(2);
  });

  it("of y count the extremes of buckets that are in sight, and no others", () => {
    const line = shape([0, 1, 2, 3], [1, 1, 1, 1], [1, 0, 1, -9], [1, 7, 1, 99]);
    expect(extentY([line], [0, 2], false)).toEqual([0, 7]);
  });

  it("of y count lines that only pass through", () => {
    expect(extentY([shape([0, 10], [0, 10])], [4, 6], false)).toEqual([4, 6]);
  });

  it("of y are positive on a logarithmic axis", () => {
    const line = shape([0, 1, 2], [1, -1, 100]);
    const [low, high] = domainY([line], [0, 2], true);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(100);
    expect(countNonPositive([line], [0, 2])).toBe(1);
    expect(domainY([shape([0], [-1])], [0, 1], true)).toEqual([0.1, 1]);
  });
});

describe("a zoom", () => {
  it("keeps what it is about in its place", () => {
    expect(zoomed([0, 100], 25, 0.5)).toEqual([12.5, 62.5]);
  });

  it("stays within the whole", () => {
    expect(within([-10, 40], [0, 100])).toEqual([0, 50]);
    expect(within([80, 120], [0, 100])).toEqual([60, 100]);
  });

  it("of everything, or of nothing, is none", () => {
    expect(within([-10, 110], [0, 100])).toBeNull();
    expect(within([0, 100], [0, 100])).toBeNull();
    expect(within([5, 5], [0, 100])).toBeNull();
  });
});

describe("a logarithmic x axis", () => {
  const whole = onScale([1, 10_000], true);

  it("is zoomed and moved by what is seen", () => {
    const [low, high] = offScale(zoomed(whole, onScale([100, 100], true)[0], 0.5), true);
    expect([low, high]).toEqual([expect.closeTo(10), expect.closeTo(1000)]);
    const moved = within([whole[0] - 1, whole[0] + 1], whole);
    expect(moved && offScale(moved, true)).toEqual([expect.closeTo(1), expect.closeTo(Math.E ** 2)]);
    expect(onScale([0, 5], false)).toEqual([0, 5]);
  });

  it("shows the part of a zoom that is above 0", () => {
    expect(above0([-50, 100], [1, 1000])).toEqual([1, 100]);
    expect(above0([10, 100], [1, 1000])).toEqual([10, 100]);
    expect(above0([-50, 0], [1, 1000])).toEqual([1, 1000]);
  });

  it("gives a single point room, and has a domain without any", () => {
    expect(domainX([Float64Array.of(8)], true)).toEqual([4, 16]);
    expect(domainX([], true)).toEqual([1, 10]);
  });
});
