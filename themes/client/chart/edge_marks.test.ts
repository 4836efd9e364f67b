import { describe, expect, it } from "vitest";
import { traceMarks } from "./edge_marks";
import type { Plane, Shape } from "./plane";

const PLANE: Plane = { x: [0, 100], y: [0, 10], width: 200, height: 100, log: false };

/** The tips of what is drawn. */
function tips(shape: Shape, plane: Plane = PLANE): number[][] {
  const moves: number[][] = [];
  traceMarks({ moveTo: (x, y) => void moves.push([x, y]), lineTo: () => undefined, arc: () => undefined }, shape, plane);
  return moves;
}

function shape(x: number[], last: number[], others: Partial<Shape> = {}): Shape {
  return { x: Float64Array.from(x), last: Float64Array.from(last), min: null, max: null, ...others };
}

describe("marks", () => {
  it("are at the edge where a line leaves the plot", () => {
    expect(tips(shape([10, 20, 30], [5, 11, -1]))).toEqual([[40, 1], [60, 99]]);
    expect(tips(shape([10, 20], [0, 10]))).toEqual([]);
  });

  it("are there for extremes, and on both sides of one entry", () => {
    expect(tips(shape([10], [5], { min: Float64Array.of(-4), max: Float64Array.of(40) }))).toEqual([[20, 1], [20, 99]]);
  });

  it("are one where they would overlap, and none outside of the x axis", () => {
    expect(tips(shape([-5, 10, 11, 12, 13, 14, 200], Array(7).fill(20)))).toEqual([[20, 1], [28, 1]]);
  });

  it("are none for what has no place on a logarithmic axis", () => {
    expect(tips(shape([10, 20, 30], [0, -3, 0.001]), { ...PLANE, y: [0.1, 10], log: true })).toEqual([[60, 99]]);
  });
});
