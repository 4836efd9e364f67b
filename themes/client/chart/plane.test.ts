import { describe, expect, it } from "vitest";
import { type Plane, type Shape, fromPixelX, lowerBound, pixelY, toPixelX, trace, traceBand, upperBound } from "./plane";

const PLANE: Plane = { x: [0, 100], y: [0, 10], width: 200, height: 100, log: false };

function shape(x: number[], last: number[], min?: number[], max?: number[]): Shape {
  return {
    x: Float64Array.from(x),
    last: Float64Array.from(last),
    min: min ? Float64Array.from(min) : null,
    max: max ? Float64Array.from(max) : null,
  };
}

/** What was drawn, as text: M and L with pixels, o for a dot. */
function drawn(line: Shape, plane: Plane = PLANE, draw: typeof trace = trace): string[] {
  const out: string[] = [];
  const round = (value: number) => Math.round(value * 100) / 100;
  draw(
    {
      moveTo: (x, y) => void out.push(`M${round(x)},${round(y)}`),
      lineTo: (x, y) => void out.push(`L${round(x)},${round(y)}`),
      arc: (x, y) => void out.push(`o${round(x)},${round(y)}`),
    },
    line,
    plane,
  );
  return out;
}

function heights(commands: string[]): number[] {
  return commands.map((command) => Number(command.split(",")[1]));
}

describe("the plane", () => {
  it("maps both ways", () => {
    expect(toPixelX(PLANE, 25)).toBe(50);
    expect(fromPixelX(PLANE, 50)).toBe(25);
    expect(pixelY(PLANE)(0)).toBe(100);
    expect(pixelY(PLANE)(10)).toBe(0);
  });

  it("has decades of one height when logarithmic, and no place for what is not positive", () => {
    const toY = pixelY({ ...PLANE, y: [0.01, 1], log: true });
    expect(toY(0.1)).toBeCloseTo(50);
    expect(toY(1)).toBeCloseTo(0);
    expect(toY(0)).toBeNaN();
    expect(toY(-1)).toBeNaN();
  });

  it("has decades of one width when logarithmic along x", () => {
    const plane: Plane = { ...PLANE, x: [1, 10_000], logX: true };
    expect([1, 10, 100, 10_000].map((value) => toPixelX(plane, value))).toEqual([0, 50, 100, 200].map((pixel) => expect.closeTo(pixel, 9) as number));
    expect(fromPixelX(plane, 150)).toBeCloseTo(1000);
    expect(toPixelX(plane, 0)).toBeLessThan(0);
    expect(drawn(shape([1, 10, 100], [0, 5, 10]), plane)).toEqual(["M0,100", "L50,50", "L100,0"]);
  });

  it("finds bounds in a sorted column", () => {
    const column = Float64Array.from([1, 2, 2, 3]);
    expect([lowerBound(column, 2), upperBound(column, 2)]).toEqual([1, 3]);
    expect([lowerBound(column, 0), upperBound(column, 9)]).toEqual([0, 4]);
  });
});

describe("a traced line", () => {
  it("goes through points that are far apart as they are", () => {
    expect(drawn(shape([0, 50, 100], [0, 10, 5]))).toEqual(["M0,100", "L100,0", "L200,50"]);
  });

  it("draws what an entry holds that ends in a gap", () => {
    const commands = drawn(shape([0, 50, 100], [1, NaN, 1], [1, 1, 1], [1, 9, 1]));
    expect(Math.min(...heights(commands))).toBe(10);
    expect(commands.filter((command) => command.startsWith("M")).length).toBeGreaterThan(1);
  });

  it("breaks at a gap and starts again after it", () => {
    expect(drawn(shape([0, 25, 50, 75, 100], [1, 1, NaN, 1, 1]))).toEqual(["M0,90", "L50,90", "M150,90", "L200,90"]);
  });

  it("shows a lone point as a dot", () => {
    expect(drawn(shape([50], [5]))).toEqual(["M100,50", "M102,50", "o100,50"]);
    expect(drawn(shape([0, 50, 100], [NaN, 5, NaN]))).toContain("o100,50");
  });

  it("keeps a spike of one step among a hundred thousand", () => {
    const count = 100_000;
    const x = Array.from({ length: count }, (_, index) => (index / count) * 100);
    const values = x.map((_, index) => (index === 61_234 ? 10 : 1));
    const commands = drawn(shape(x, values));
    expect(Math.min(...heights(commands))).toBe(0);
    // Four numbers for a pixel column are enough for any number of points.
    expect(commands.length).toBeLessThanOrEqual(PLANE.width * 3 + 2);
  });

  it("keeps the extremes of a bucket that its last value does not show", () => {
    const commands = drawn(shape([0, 50, 100], [5, 5, 5], [5, 0, 5], [5, 10, 5]));
    expect(commands).toEqual(["M0,50", "L100,100", "L100,0", "L100,50", "L200,50"]);
  });

  it("goes to the nearer extreme first", () => {
    const commands = drawn(shape([0, 50], [9, 5], [9, 0], [9, 10]));
    expect(commands).toEqual(["M0,10", "L100,0", "L100,100", "L100,50"]);
  });

  it("leaves out what is not in sight but for one point on each side", () => {
    const x = Array.from({ length: 101 }, (_, index) => index);
    const commands = drawn(shape(x, x.map(() => 1)), { ...PLANE, x: [40, 60] });
    expect(commands[0]).toBe("M-10,90");
    expect(commands[commands.length - 1]).toBe("L210,90");
    expect(commands.length).toBe(23);
  });

  it("draws the last value where an extreme has no logarithm", () => {
    const commands = drawn(shape([0, 100], [1, 1], [1, -5], [1, 1]), { ...PLANE, y: [0.1, 10], log: true });
    expect(commands).toEqual(["M0,50", "L200,50"]);
  });

  it("draws nothing of nothing", () => {
    expect(drawn(shape([], []))).toEqual([]);
    expect(drawn(shape([1, 2], [NaN, NaN]))).toEqual([]);
  });
});

describe("a band", () => {
  it("goes along its greatest values and back along its least", () => {
    const band = shape([0, 50, 100], [5, 5, 5], [4, 4, 2], [6, 8, 8]);
    expect(drawn(band, PLANE, traceBand)).toEqual(["M0,40", "L0,40", "L100,20", "L200,20", "L200,80", "L100,60", "L0,60", "L0,60"]);
  });

  it("is parted by a gap, and one place alone has a width", () => {
    const band = shape([0, 50, 100], [5, NaN, 5], [4, NaN, 2], [6, NaN, 8]);
    const commands = drawn(band, PLANE, traceBand);
    expect(commands.filter((command) => command.startsWith("M"))).toEqual(["M-0.5,40", "M199.5,20"]);
    expect(commands).toContain("L0.5,60");
  });

  it("keeps the extremes of all places that share a pixel", () => {
    const band = shape([10, 10.1, 10.2], [5, 5, 5], [4, 1, 4], [6, 6, 9]);
    expect(heights(drawn(band, PLANE, traceBand)).sort()).toEqual([10, 10, 90, 90]);
  });

  it("reaches below the picture where a logarithmic axis has no place for its least", () => {
    const band = shape([0, 100], [1, 1], [-1, 0], [10, 10]);
    const commands = drawn(band, { ...PLANE, y: [0.1, 10], log: true }, traceBand);
    expect(heights(commands)).toEqual([0, 0, 0, 100, 100, 100]);
  });

  it("is nothing without extremes", () => {
    expect(drawn(shape([0, 1], [1, 1]), PLANE, traceBand)).toEqual([]);
  });
});
