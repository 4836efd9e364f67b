import { describe, expect, it } from "vitest";
import { columnsByKey } from "./columns";
import { readSortKey, sortRuns, toggledSort, writeSortKey } from "./sort";
import { runsData } from "./sample";

const data = runsData({
  name: ["b10", "b9", "a1", "c"],
  "config.lr": [0.1, 0.01, 0.1, null],
  "summary.acc": [0.5, null, 0.9, 0.7],
  "config.flag": [true, false, null, true],
});
const columns = columnsByKey(data);
const sorted = (...keys: string[]) => sortRuns([0, 1, 2, 3], keys.map(readSortKey), columns);

describe("sortRuns", () => {
  it("sorts by number, runs without one last in both directions", () => {
    expect(sorted("summary.acc")).toEqual([0, 3, 2, 1]);
    expect(sorted("-summary.acc")).toEqual([2, 3, 0, 1]);
  });

  it("sorts text as people would, digits by their number", () => {
    expect(sorted("name")).toEqual([2, 1, 0, 3]);
  });

  it("asks the next key where the first ones are equal", () => {
    expect(sorted("config.lr", "-summary.acc")).toEqual([1, 2, 0, 3]);
  });

  it("keeps the order of equal runs, also descending", () => {
    expect(sorted("-config.lr")).toEqual([0, 2, 1, 3]);
  });

  it("takes switches for 0 and 1 and unknown keys for nothing", () => {
    expect(sorted("config.flag")).toEqual([1, 0, 3, 2]);
    expect(sorted("config.gone")).toEqual([0, 1, 2, 3]);
  });
});

describe("toggledSort", () => {
  const texts = (keys: ReturnType<typeof toggledSort>) => keys.map(writeSortKey);

  it("goes ascending, descending, away", () => {
    const once = toggledSort([], "a", false);
    const twice = toggledSort(once, "a", false);
    expect([once, twice, toggledSort(twice, "a", false)].map(texts)).toEqual([["a"], ["-a"], []]);
  });

  it("begins descending where more is better", () => {
    expect(texts(toggledSort([], "a", false, "down"))).toEqual(["-a"]);
  });

  it("adds to the other keys and changes its own in place", () => {
    const both = toggledSort([readSortKey("-a")], "b", true);
    expect(texts(both)).toEqual(["-a", "b"]);
    expect(texts(toggledSort(both, "a", true))).toEqual(["b"]);
    expect(texts(toggledSort(both, "b", false))).toEqual(["-b"]);
  });
});
