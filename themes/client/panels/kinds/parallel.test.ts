import { describe, expect, it } from "vitest";
import type { Column } from "../../types";
import { brushByKey, brushOf } from "./brushes";
import { brushed, parallelAxes, placeOn } from "./parallel";

const SIZE = { size: { width: 300, height: 200 } };
const rate: Column = { key: "config.lr", label: "lr", group: "config", type: "number", values: [1e-4, 1e-2, 1, null] };
const name: Column = { key: "config.opt", label: "opt", group: "config", type: "string", values: ["sgd", "adam", "sgd", "adam"] };

describe("parallel axes", () => {
  it("have wide numbers on a logarithmic scale and words evenly", () => {
    const [first, second] = parallelAxes([rate, name], [0, 1, 2, 3], SIZE, false);
    if (!first || !second) throw new Error("no axes");
    const places = [0, 1, 2].map((run) => placeOn(first, run));
    expect((places[0] as number) - (places[1] as number)).toBeCloseTo((places[1] as number) - (places[2] as number));
    expect(placeOn(first, 3)).toBeGreaterThan(first.bottom);
    expect(placeOn(second, 1)).toBeGreaterThan(placeOn(second, 0));
  });

  it("let through what lies in every brush", () => {
    const axes = parallelAxes([rate, name], [0, 1, 2, 3], SIZE, false);
    expect(brushed(axes, [0, 1, 2, 3], new Map())).toEqual([0, 1, 2, 3]);
    expect(brushed(axes, [0, 1, 2, 3], new Map([["config.lr", [0, 0.6]]]))).toEqual([0, 1]);
    expect(brushed(axes, [0, 1, 2, 3], new Map([["config.lr", [0, 0.6]], ["config.opt", [0.5, 1]]] as [string, [number, number]][]))).toEqual([0]);
  });
});

describe("a brush", () => {
  it("has its ends in order and inside of the axis; a click is none", () => {
    expect(brushOf(0.8, -0.3)).toEqual([0, 0.8]);
    expect(brushOf(0.5, 0.505)).toBeNull();
  });

  it("is moved, widened and cleared by keys", () => {
    expect(brushByKey(null, "ArrowUp", false)).toEqual([0.5, 1]);
    expect(brushByKey([0.2, 0.4], "ArrowDown", false)).toEqual([0.15000000000000002, 0.35000000000000003]);
    expect(brushByKey([0, 0.4], "ArrowDown", false)).toEqual([0, 0.4]);
    expect(brushByKey([0.2, 0.4], "ArrowUp", true)?.[1]).toBeCloseTo(0.45);
    expect(brushByKey([0.2, 0.4], "Escape", false)).toBeNull();
    expect(brushByKey([0.2, 0.4], "a", false)).toBeUndefined();
  });
});
