import { describe, expect, it } from "vitest";
import { durationTicks, formatTick, logTicks, numberTicks, tickStep } from "./ticks";

describe("ticks", () => {
  it("are round numbers without dust", () => {
    expect(numberTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(numberTicks(0.1, 0.35, 5)).toEqual([0.1, 0.15, 0.2, 0.25, 0.3, 0.35]);
    expect(numberTicks(-5, 5, 4)).toEqual([-4, -2, 0, 2, 4]);
  });

  it("of durations are round in time", () => {
    expect(durationTicks(0, 7200, 4)).toEqual([0, 1800, 3600, 5400, 7200]);
    expect(durationTicks(0, 300, 5)).toEqual([0, 60, 120, 180, 240, 300]);
  });

  it("of a logarithm are decades, with 2 and 5 when there are few", () => {
    expect(logTicks(0.001, 10, 5)).toEqual([0.001, 0.01, 0.1, 1, 10]);
    expect(logTicks(0.1, 5, 5)).toEqual([0.1, 0.2, 0.5, 1, 2, 5]);
    expect(logTicks(1e-12, 1, 5).length).toBeLessThanOrEqual(6);
  });

  it("never loop on an empty domain", () => {
    expect(numberTicks(3, 3, 5)).toEqual([3]);
    expect(durationTicks(3, 3, 5)).toEqual([3]);
    expect(logTicks(3, 3, 5)).toEqual([3]);
  });
});

describe("tick labels", () => {
  it.each([
    [0.2, "number", 0.2, "0.2"],
    [1, "number", 0.2, "1.0"],
    [0, "number", 0.2, "0"],
    [0.025, "number", 0.005, "0.025"],
    [2000, "number", 2000, "2000"],
    [20000, "number", 20000, "20k"],
    [2_500_000, "number", 500_000, "2.5M"],
    [2e-7, "number", 1e-7, "2e-7"],
    [90, "duration", 30, "1m\u00a030s"],
    [0.001, "log", 0, "0.001"],
    [1e-7, "log", 0, "1e-7"],
  ] as const)("%d as %s by %d is %s", (value, kind, step, text) => {
    expect(formatTick(value, kind, step)).toBe(text);
  });

  it("are told by the distance of ticks", () => {
    expect(tickStep([0, 5, 10])).toBe(5);
    expect(tickStep([0.1, 1, 10])).toBe(0);
    expect(tickStep([1])).toBe(0);
  });
});
