import { describe, expect, it } from "vitest";
import { meanOf, runItems } from "./run_items";

const GROUPS = { names: ["adam", "sgd"], of: [0, 1, 0, 1] };

describe("the items of the run list", () => {
  it("are runs alone without groups", () => {
    expect(runItems([2, 0], null, new Set())).toEqual([{ run: 2 }, { run: 0 }]);
  });

  it("are groups in the order of their first runs, each with its runs", () => {
    expect(runItems([3, 2, 1, 0], GROUPS, new Set())).toEqual([
      { group: 1, runs: [3, 1], isFolded: false },
      { run: 3 },
      { run: 1 },
      { group: 0, runs: [2, 0], isFolded: false },
      { run: 2 },
      { run: 0 },
    ]);
  });

  it("keep the heading of a folded group, and none of a group that the filter has emptied", () => {
    expect(runItems([3, 1], GROUPS, new Set(["sgd"]))).toEqual([{ group: 1, runs: [3, 1], isFolded: true }]);
  });

  it("have the mean of what was logged", () => {
    expect(meanOf([0, 1, 2], [1, null, 2])).toBe(1.5);
    expect(meanOf([1], [1, null])).toBeNull();
  });
});
