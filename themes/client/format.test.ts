import { describe, expect, it } from "vitest";
import { formatDuration, formatDurationShort, formatNumber, formatStep, formatStepShort } from "./format";

describe("numbers", () => {
  it.each([
    [0.98123, "0.9812"],
    [1284, "1284"],
    [123456, "123456"],
    [12345.6, "12346"],
    [1.5e-5, "1.5e-5"],
    [2_500_000, "2.5e6"],
    [0, "0"],
    [-0.25, "-0.25"],
    [NaN, "NaN"],
    [Infinity, "∞"],
    [-Infinity, "-∞"],
  ])("%d is %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it("of steps are grouped, and short on axes", () => {
    expect(formatStep(1250000)).toBe("1\u202f250\u202f000");
    expect(formatStep(0.5)).toBe("0.5");
    expect(formatStepShort(500)).toBe("500");
    expect(formatStepShort(20000)).toBe("20k");
    expect(formatStepShort(1250000)).toBe("1.25M");
  });
});

describe("durations", () => {
  it.each([
    [0.34, "340 ms"],
    [12.34, "12.3 s"],
    [59.96, "1 min"],
    [200, "3 min 20 s"],
    [7500, "2 h 5 min"],
    [273600, "3 d 4 h"],
    [-90, "-1 min 30 s"],
    [NaN, ""],
  ])("%d s is %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it("are short on axes", () => {
    expect(formatDurationShort(0)).toBe("0");
    expect(formatDurationShort(0.25)).toBe("250ms");
    expect(formatDurationShort(90)).toBe("1m\u00a030s");
    expect(formatDurationShort(86400)).toBe("1d");
  });
});
