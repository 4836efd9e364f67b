import { describe, expect, it } from "vitest";
import type { Entries } from "./curve";
import { gaussianMean, runningMean } from "./kernel";

function entries(x: readonly number[], last: readonly number[], bucket = 1): Entries {
  return { x: Float64Array.from(x), last: Float64Array.from(last), min: null, max: null, mean: null, bucket, bad: new Map(), counts: null, left: 0, unmatched: 0, joined: 1 };
}

const PLACES = Array.from({ length: 400 }, (_, index) => index + (index % 7) / 10);
const NOISE = PLACES.map((x) => Math.sin(x / 30) + ((x * 7919) % 13) / 13);

/** A Gaussian without any of the shortcuts. */
function plain(x: readonly number[], last: readonly number[], deviation: number): number[] {
  return x.map((place) => {
    const shares = x.map((other) => Math.exp(-(((other - place) / deviation) ** 2) / 2));
    const total = shares.reduce((sum, share) => sum + share, 0);
    return shares.reduce((sum, share, index) => sum + share * (last[index] as number), 0) / total;
  });
}

describe("a Gaussian", () => {
  it.each([0.3, 5, 40])("is what its formula says, deviation %d", (deviation) => {
    const line = entries(PLACES, NOISE);
    const made = gaussianMean(line, line, deviation);
    plain(PLACES, NOISE, deviation).forEach((value, index) => expect(Math.abs((made[index] as number) - value)).toBeLessThan(0.01));
  });

  it("does not shift a step", () => {
    const x = Array.from({ length: 101 }, (_, index) => index);
    const line = entries(x, x.map((place) => Math.sign(place - 50)));
    const made = gaussianMean(line, line, 6);
    expect(made[50]).toBeCloseTo(0, 2);
    expect(made[40]).toBeCloseTo(-(made[60] as number), 2);
  });
});

describe("a running mean", () => {
  it("is the mean within its window, which ends with the curve", () => {
    const line = entries([0, 1, 2, 10, 11], [1, 2, 6, 4, 8]);
    expect([...runningMean(line, line, 1)]).toEqual([1.5, 3, 4, 6, 6]);
  });

  it.each([3, 33, 70, 1000])("is the mean of a long curve, and forgets a spike, reach %d", (reach) => {
    const values = NOISE.map((value, index) => (index === 200 ? 1e30 : value));
    const line = entries(PLACES, values);
    const made = runningMean(line, line, reach);
    for (const index of [0, 150, 260, 399]) {
      const near = values.filter((_, other) => Math.abs((PLACES[other] as number) - (PLACES[index] as number)) <= reach);
      const mean = near.reduce((sum, value) => sum + value, 0) / near.length;
      expect(Math.abs((made[index] as number) / mean - 1)).toBeLessThan(1e-9);
    }
  });
});

describe.each([["a Gaussian", gaussianMean], ["a running mean", runningMean]])("%s", (_name, smooth) => {
  it("leaves gaps as they are and does not count them", () => {
    const line = entries([0, 1, 2, 3], [1, NaN, 1, Infinity]);
    expect([...smooth(line, line, 5)]).toEqual([1, NaN, 1, Infinity]);
  });

  it("reaches over the edge of a part into the whole", () => {
    const whole = entries(Array.from({ length: 10 }, (_, index) => index * 10 + 9), Array.from({ length: 10 }, (_, index) => index), 10);
    const part = entries(Array.from({ length: 20 }, (_, index) => 30 + index), Array.from({ length: 20 }, (_, index) => (index < 10 ? 3 : 4)));
    const made = smooth(part, whole, 15);
    // By its own points alone the first value would be 3 and something, for there is nothing to its left.
    expect(made[0]).toBeLessThan(3);
    expect(made[19]).toBeGreaterThan(4);
  });

  it("counts an entry as the points that it stands for", () => {
    const line = { ...entries([0, 1], [0, 1]), counts: Float64Array.of(3, 1) };
    expect(smooth(line, line, 1e6)[0]).toBeCloseTo(0.25, 6);
  });
});
