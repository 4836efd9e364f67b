import { describe, expect, it } from "vitest";
import { indexUnder, nearestIndex, neighbour, snap } from "./nearest";

const COLUMN = Float64Array.from([0, 10, 20, 40]);

describe("the nearest point", () => {
  it.each([
    [-5, 0],
    [4, 0],
    [5, 0],
    [6, 1],
    [29, 2],
    [31, 3],
    [99, 3],
  ])("of %d is number %d", (target, index) => {
    expect(nearestIndex(COLUMN, target)).toBe(index);
  });

  it("of nothing is none", () => {
    expect(nearestIndex(new Float64Array(), 1)).toBe(-1);
    expect(indexUnder(new Float64Array(), 1, 5)).toBe(-1);
  });

  it("is none far outside of the line", () => {
    expect(indexUnder(COLUMN, 43, 2)).toBe(-1);
    expect(indexUnder(COLUMN, 41, 2)).toBe(3);
    expect(indexUnder(COLUMN, 30, 0)).toBe(2);
  });

  it("of several lines wins", () => {
    expect(snap([COLUMN, Float64Array.from([11, 33])], 32)).toBe(33);
    expect(snap([], 32)).toBeNaN();
  });

  it("to the right and to the left is the next of any line", () => {
    const columns = [COLUMN, Float64Array.from([10, 15])];
    expect(neighbour(columns, 10, 1)).toBe(15);
    expect(neighbour(columns, 10, -1)).toBe(0);
    expect(neighbour(columns, 40, 1)).toBe(40);
    expect(neighbour(columns, 0, -1)).toBe(0);
  });
});
