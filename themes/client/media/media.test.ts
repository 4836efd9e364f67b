import { describe, expect, it } from "vitest";
import { stepIn, withStep } from "./address";
import { histogramBars } from "./histogram";
import { evenPlaces, histogramGrid, strength } from "./histogram_grid";
import { heatStepAt, ridgeAt } from "./histogram_paint";
import { overlaySets, showsBox, thresholdRange } from "./overlays";
import { shareAt } from "./sound";
import { allSteps, byStep, nextPlace, placeAt } from "./steps";
import { windowOf } from "./table";
import { WHOLE, fitted, moved, zoomedAt } from "./zoom";

describe("the steps of a gallery", () => {
  it("are all that any key has", () => {
    expect(allSteps([[0, 10, 10], [5], [NaN]])).toEqual([0, 5, 10]);
  });

  it("stand for those after them, as long as a key has none of its own", () => {
    const steps = new Float64Array([2, 4, 8]);
    expect([1, 2, 3, 4, 7, 8, 99].map((step) => placeAt(steps, step))).toEqual([-1, 0, 0, 1, 1, 2, 2]);
    expect(placeAt([], 3)).toBe(-1);
  });

  it("keep several things of one step, in the order of the steps", () => {
    const found = byStep([{ step: 5 }, { step: 1, first: true }, { step: 1 }]);
    expect([...found.keys()]).toEqual([1, 5]);
    expect(found.get(1)?.length).toBe(2);
  });

  it("are played to the end, or again and again", () => {
    expect([nextPlace(0, 3, false), nextPlace(2, 3, false), nextPlace(2, 3, true), nextPlace(0, 1, true)]).toEqual([1, -1, 0, -1]);
  });

  it("stand in the address beside what else is there", () => {
    expect(stepIn("?ranks=each&step=2.5")).toBe(2.5);
    expect([stepIn(""), stepIn("?step="), stepIn("?step=x")]).toEqual([NaN, NaN, NaN]);
    expect(withStep("?ranks=each", 3)).toBe("?ranks=each&step=3");
    expect(withStep("?step=3", null)).toBe("");
  });
});

describe("histogramBars", () => {
  it("fill the box, the tallest to the top, each as wide as its bin", () => {
    const bars = histogramBars({ bins: [0, 1, 4], values: [2, 1] }, 100, 50);
    expect(bars.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
      [0, 0, 25, 50],
      [25, 25, 75, 25],
    ]);
  });

  it("leave out what is no number and stand at zero when all is empty", () => {
    expect(histogramBars({ bins: [0, 1, 2], values: [0, NaN] }, 10, 10).map(({ height }) => height)).toEqual([0]);
    expect(histogramBars({ bins: [], values: [] }, 10, 10)).toEqual([]);
  });
});

describe("histogramGrid", () => {
  it("spreads counts over one scale and loses none", () => {
    const grid = histogramGrid([{ step: 0, bins: [0, 2], values: [8] }, { step: 5, bins: [1, 2, 4], values: [1, 6] }], 4);
    expect([grid.low, grid.high, grid.most]).toEqual([0, 4, 4]);
    expect(grid.counts.map((each) => [...each])).toEqual([[4, 4, 0, 0], [0, 1, 3, 3]]);
  });

  it("has a scale even where there is one value, or nothing", () => {
    expect(histogramGrid([{ step: 0, bins: [3, 3], values: [5] }], 4).most).toBe(5);
    expect(histogramGrid([], 4)).toMatchObject({ low: 0, high: 1, most: 0 });
  });

  it("shows small counts beside large ones when their logarithms are asked for", () => {
    expect(strength(10, 1000, false)).toBe(0.01);
    expect(strength(10, 1000, true)).toBeGreaterThan(0.3);
    expect([strength(0, 5, true), strength(5, 5, true), strength(1, 0, false)]).toEqual([0, 1, 0]);
  });

  it("finds the step under the pointer", () => {
    const steps = [0, 10, 20, 30];
    expect([0, 0.26, 0.74, 0.99].map((share) => heatStepAt(steps, share))).toEqual([0, 1, 2, 3]);
    expect(heatStepAt([7], 0.5)).toBe(0);
    expect([ridgeAt(10, 0), ridgeAt(10, 0.999)]).toEqual([0, 9]);
  });

  it("has ridges of the first and the last step among few of many", () => {
    expect(evenPlaces(3, 5)).toEqual([0, 1, 2]);
    expect(evenPlaces(101, 3)).toEqual([0, 50, 100]);
  });
});

describe("overlays", () => {
  const picture = (acc: number, id = 1) => ({
    picture: "a.png",
    label: "a",
    overlays: [{ name: "found", classes: [[id, `class ${id}`]] as [number, string][], boxes: [[0, 0, 1, 1, id, "", { acc }] as [number, number, number, number, number, string, Record<string, number>]] }],
  });

  it("gather classes and scores of all pictures", () => {
    const set = overlaySets([picture(0.2), picture(0.9, 2)]).get("boxes found");
    expect([...(set?.classes.keys() ?? [])]).toEqual([1, 2]);
    expect(set?.scores.get("acc")).toEqual([0.2, 0.9]);
  });

  it("hide by class, by set, and below a threshold; never for want of a score", () => {
    const set = overlaySets([picture(0.5)]).get("boxes found");
    if (!set) throw new Error("no set");
    const box = (scores: Record<string, number>) => [0, 0, 1, 1, 1, "", scores] as [number, number, number, number, number, string, Record<string, number>];
    set.least.set("acc", 0.5);
    expect([0.49, 0.5].map((acc) => showsBox(set, box({ acc })))).toEqual([false, true]);
    expect(showsBox(set, box({}))).toBe(true);
    set.hidden.add(1);
    expect(showsBox(set, box({ acc: 1 }))).toBe(false);
  });

  it("have thresholds from 0 to 1 for shares, else over what there is", () => {
    expect(thresholdRange([0.3, 0.8])).toEqual([0, 1]);
    expect(thresholdRange([-2, 8])).toEqual([-2, 8]);
  });
});

describe("zooming", () => {
  const sheet = { width: 100, height: 50 };

  it("keeps what is under the pointer", () => {
    const zoom = zoomedAt(WHOLE, 2, { x: 30, y: 10 }, sheet);
    expect(zoom).toEqual({ scale: 2, x: -30, y: -10 });
    expect((30 - zoom.x) / zoom.scale).toBe(30);
  });

  it("never loses the picture", () => {
    expect(moved({ scale: 2, x: 0, y: 0 }, 999, -999, sheet)).toEqual({ scale: 2, x: 50, y: -25 });
    expect(zoomedAt(WHOLE, 0.1, { x: 5, y: 5 }, sheet)).toMatchObject({ scale: 1 });
    expect(moved(WHOLE, 5, 5, sheet)).toMatchObject({ x: 0, y: 0 });
  });

  it("enlarges small pictures by whole numbers and shrinks large ones", () => {
    expect(fitted(28, 28, { width: 300, height: 200 })).toEqual({ width: 196, height: 196 });
    expect(fitted(1000, 500, { width: 500, height: 500 })).toEqual({ width: 500, height: 250 });
  });
});

describe("windowOf", () => {
  it("has the rows in sight and some around them", () => {
    expect(windowOf(0, 290, 29, 1000)).toEqual([0, 18]);
    expect(windowOf(2900, 290, 29, 1000)).toEqual([92, 118]);
    expect(windowOf(29000, 290, 29, 20)).toEqual([20, 20]);
  });
});

describe("shareAt", () => {
  it("is a part of the time", () => {
    expect([shareAt(50, 0, 200), shareAt(-5, 0, 200), shareAt(5, 0, 0)]).toEqual([0.25, 0, 0]);
  });
});
