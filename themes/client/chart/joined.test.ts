import { describe, expect, it } from "vitest";
import type { Columns, Numbers } from "../types";
import { parseExpression } from "./expression";
import { type Joint, type Source, byStep, joinedEntries, stepsWithin } from "./joined";

const STEP = { axis: "step", log: false } as const;

function raw(step: Numbers, last: Numbers, time: Numbers = step): Columns {
  return { bucket: 1, step, time, last };
}

function source(...parts: Columns[]): Source {
  return { parts, started: 1000 };
}

/** What the build makes of a curve: the last of each bucket, with its extremes. */
function reduced(values: readonly number[], bucket: number): Columns {
  const firsts = Array.from({ length: Math.ceil(values.length / bucket) }, (_, entry) => entry * bucket);
  const parts = firsts.map((first) => values.slice(first, first + bucket));
  return {
    bucket,
    step: firsts.map((first, entry) => first + (parts[entry] as number[]).length - 1),
    time: firsts,
    last: parts.map((part) => part[part.length - 1] as number),
    min: parts.map((part) => Math.min(...part)),
    max: parts.map((part) => Math.max(...part)),
    mean: parts.map((part) => part.reduce((sum, value) => sum + value, 0) / part.length),
  };
}

function joint(y: Source, others: Partial<Joint>): Joint {
  return { y, others: [], expression: null, x: undefined, ...others };
}

function points({ x, last }: { x: Float64Array; last: Float64Array }): [number, number][] {
  return [...x].map((place, index) => [place, last[index] as number]);
}

describe("a metric over another", () => {
  const loss = source(raw([0, 10, 20, 30], [4, 3, 2, 1]));

  it("has the points where both have an entry at the step, and counts the others", () => {
    const made = joinedEntries(joint(loss, { x: source(raw([10, 15, 30, 40], [1, 1.5, 3, 4])) }), STEP);
    expect(points(made)).toEqual([[1, 3], [3, 1]]);
    expect([made.unmatched, made.bucket, made.joined, made.min]).toEqual([2, 1, 1, null]);
  });

  it("is put in order of what is x", () => {
    const made = joinedEntries(joint(loss, { x: source(raw([0, 10, 20, 30], [0.1, 0.3, 0.2, null])) }), STEP);
    expect(points(made)).toEqual([[0.1, 4], [0.2, 2], [0.3, 3]]);
    expect(made.unmatched).toBe(1);
  });

  it("takes the last where a step was logged twice", () => {
    expect(points(joinedEntries(joint(loss, { x: source(raw([10, 10], [7, 8])) }), STEP))).toEqual([[8, 3]]);
  });

  it("is empty where the run has not logged it", () => {
    const made = joinedEntries(joint(loss, { x: null }), STEP);
    expect([made.x.length, made.unmatched]).toEqual([0, 4]);
  });

  it("of a reduced curve is at the last place within the steps of its entry", () => {
    const made = joinedEntries(joint(source(reduced([8, 7, 6, 5, 4, 3, 2, 1], 4)), { x: source(raw([1, 5], [100, 200])) }), STEP);
    expect(points(made)).toEqual([[100, 5], [200, 1]]);
    expect([[...made.min ?? []], [...made.max ?? []]]).toEqual([[5, 1], [8, 4]]);
  });

  it("is between the places of a coarser curve, and at its first before that", () => {
    const places = source(reduced([0, 10, 20, 30, 40, 50, 60, 70], 4));
    const made = joinedEntries(joint(source(raw([1, 3, 5, 7, 9], [1, 2, 3, 4, 5])), { x: places }), STEP);
    expect(points(made)).toEqual([[30, 1], [30, 2], [50, 3], [70, 4]]);
    expect([made.unmatched, made.joined]).toEqual([1, 4]);
  });

  it("leaves out what is not above 0 on a logarithmic axis", () => {
    const made = joinedEntries(joint(loss, { x: source(raw([0, 10, 20, 30], [0, 1, 2, 3])) }), { ...STEP, log: true });
    expect(points(made)).toEqual([[1, 3], [2, 2], [3, 1]]);
    expect(made.left).toBe(1);
  });

  it("joins tiles that lie apart only where all of them are", () => {
    const made = joinedEntries(joint(loss, { x: source(raw([0, 10], [0, 1]), raw([30], [3])) }), STEP, [[[-Infinity, 12], [30, Infinity]], [[-5, Infinity]]]);
    expect(points(made)).toEqual([[0, 4], [1, 3], [3, 1]]);
    expect(made.unmatched).toBe(0);
  });
});

describe("an expression of several metrics", () => {
  const train = source(raw([0, 1, 2, 3], [5, 4, 3, 2]));
  const val = source(raw([1, 3], [4.5, 3]));
  const gap = parseExpression("y - val/loss", ["val/loss"]);

  it("is there where each metric has an entry", () => {
    const made = joinedEntries(joint(train, { others: [val], expression: gap }), STEP);
    expect(points(made)).toEqual([[1, -0.5], [3, -1]]);
    expect(made.unmatched).toBe(2);
  });

  it("keeps the axis", () => {
    const timed = source(raw([0, 1, 2, 3], [5, 4, 3, 2], [0, 0.5, 1, 1.5]));
    const made = joinedEntries(joint(timed, { others: [val], expression: gap }), { axis: "relative", log: false });
    expect(points(made)).toEqual([[0.5, -0.5], [1.5, -1]]);
    const wall = joinedEntries(joint(timed, { others: [val], expression: gap }), { axis: "wall", log: false });
    expect([...wall.x]).toEqual([1000500, 1001500]);
  });

  it("has a gap where it is no number", () => {
    const made = joinedEntries(joint(source(raw([0, 1, 2], [1, -1, 0])), { expression: parseExpression("log10(y)", []) }), STEP);
    expect(points(made)).toEqual([[0, 0], [1, NaN], [2, NaN]]);
    expect([...made.bad]).toEqual([[1, [1, 0, 0]], [2, [0, 0, 1]]]);
  });

  it("has bounds that hold every point of reduced curves: no spike is lost", () => {
    const noise = Array.from({ length: 64 }, (_, index) => Math.sin(index * 12.9898) + (index === 37 ? 50 : 0));
    const other = Array.from({ length: 64 }, (_, index) => Math.cos(index * 78.233));
    for (const [first, second] of [[4, 16], [16, 4], [8, 8], [8, 1], [1, 8]] as const) {
      const made = joinedEntries(
        joint(source(reduced(noise, first)), { others: [source(reduced(other, second))], expression: parseExpression("y * 2 - {o}", []) }),
        STEP,
        );
      noise.forEach((value, step) => {
        const entry = made.x.findIndex((last) => last >= step);
        const truth = value * 2 - (other[step] as number);
        expect(made.min?.[entry]).toBeLessThanOrEqual(truth + 1e-12);
        expect(made.max?.[entry]).toBeGreaterThanOrEqual(truth - 1e-12);
      });
    }
  });

  it("without y takes its metrics by name", () => {
    const made = joinedEntries(joint(train, { others: [train, val], expression: parseExpression("{train} - {val}", []) }), STEP);
    expect(points(made)).toEqual([[1, -0.5], [3, -1]]);
  });
});

describe("the steps of a zoom on another metric", () => {
  it("are those between the entries about it", () => {
    expect(stepsWithin(byStep(source(raw([0, 10, 20, 30], [0, 1, 2, 3]))), [1.2, 1.4])).toEqual([[10, 20]]);
    expect(stepsWithin(byStep(source(raw([0, 10, 20, 30], [0, 1, 2, 3]))), [5, 6])).toEqual([]);
  });

  it("lie apart where it goes up and down", () => {
    const rate = byStep(source(raw([0, 10, 20, 30, 40], [0, 5, 9, 5, 0])));
    expect(stepsWithin(rate, [2, 3])).toEqual([[0, 10], [30, 40]]);
    expect(stepsWithin(rate, [4, 6])).toEqual([[0, 40]]);
  });

  it("hold an entry whose extremes reach into it", () => {
    expect(stepsWithin(byStep(source(reduced([0, 0, 9, 0, 0, 0, 0, 0], 4))), [8, 10])).toEqual([[3, 3]]);
  });

  it("are few, whatever the metric does", () => {
    const wave = raw({ from: 0, by: 10, n: 1000 }, Array.from({ length: 1000 }, (_, index) => index % 2));
    const steps = stepsWithin(byStep(source(wave)), [2, 3]);
    expect(steps).toEqual([]);
    const peaks = raw({ from: 0, by: 10, n: 1000 }, Array.from({ length: 1000 }, (_, index) => (index % 10 ? 0 : 1)));
    const found = stepsWithin(byStep(source(peaks)), [0.5, 2]);
    expect(found.length).toBeLessThanOrEqual(32);
    expect([found[0]?.[0], found[found.length - 1]?.[1]]).toEqual([0, 9910]);
  });
});
