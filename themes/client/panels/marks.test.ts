import { describe, expect, it } from "vitest";
import type { Curve } from "../types";
import { placeOfMoment } from "./marks";

const curve = { step: [0, 10, 20], time: [0, 5, 9], last: [1, 2, 3], bucket: 1, rows: 3, run: 0 } as unknown as Curve;

describe("placeOfMoment", () => {
  it("is a time on axes of time", () => {
    expect(placeOfMoment(107, curve, "relative", 100)).toBe(7);
    expect(placeOfMoment(107, curve, "wall", 100)).toBe(107_000);
  });

  it("is the step that was logged next, or the last", () => {
    expect([99, 105, 105.5, 200].map((time) => placeOfMoment(time, curve, "step", 100))).toEqual([0, 10, 20, 20]);
  });

  it("is nowhere on a metric that the curve has no place on", () => {
    expect(placeOfMoment(105, curve, "own", 100)).toBeNaN();
  });
});
