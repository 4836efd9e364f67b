import { describe, expect, it } from "vitest";
import type { Column } from "../types";
import { columnsByKey } from "./columns";
import { aggregate, everyGroup, groupRuns, groupText, groupTitle, tableItems, type Item } from "./group";
import { runsData } from "./sample";
import { readSortKey } from "./sort";

const data = runsData({
  name: ["a", "b", "c", "d", "e"],
  "config.opt": ["adam", "sgd", "adam", null, "sgd"],
  "config.lr": [0.1, 0.1, 0.01, 1, 2],
  "summary.acc": [0.9, 0.5, 0.7, null, 0.6],
  state: ["finished", "finished", "failed", "finished", "finished"],
  started: [1, 2, 3, 4, 5],
});
const columns = columnsByKey(data);
const column = (key: string) => columns.get(key) as Column;

describe("aggregate", () => {
  it("gives n, mean and the deviation of the sample, runs without a number left out", () => {
    const { n, mean, std } = aggregate(column("summary.acc"), [0, 1, 2, 3]);
    expect(n).toBe(3);
    expect(aggregate(column("summary.acc"), [0, 1, 2, 3]).ci).toBeCloseTo((4.303 * 0.2) / Math.sqrt(3), 3);
    expect(mean).toBeCloseTo(0.7, 12);
    expect(std).toBeCloseTo(0.2, 12);
  });

  it("has no deviation for one run and no mean for none", () => {
    expect(aggregate(column("summary.acc"), [0])).toEqual({ n: 1, mean: 0.9, std: NaN, ci: NaN });
    expect(aggregate(column("summary.acc"), [3])).toEqual({ n: 0, mean: NaN, std: NaN, ci: NaN });
  });
});

describe("groupRuns", () => {
  const by = [column("config.opt")];

  it("keeps the order of the runs, and those without a value are a group too", () => {
    const groups = groupRuns([0, 1, 2, 3, 4], by);
    expect(groups.map(({ label, runs }) => [label, runs])).toEqual([["adam", [0, 2]], ["sgd", [1, 4]], ["none", [3]]]);
  });

  it("orders groups by their mean of the column that is sorted by, those without one last", () => {
    const sort = (key: string) => ({ key: readSortKey(key), column: column("summary.acc") });
    const labels = (key: string) => groupRuns([3, 1, 4, 2, 0], by, sort(key)).map(({ label }) => label);
    expect(labels("summary.acc")).toEqual(["sgd", "adam", "none"]);
    expect(labels("-summary.acc")).toEqual(["adam", "sgd", "none"]);
  });
});

describe("groups inside of groups", () => {
  const groups = groupRuns([0, 1, 2, 3, 4], [column("config.opt"), column("config.lr")]);

  it("are made of the next column", () => {
    expect(groups.map(({ label, groups: inner }) => [label, inner?.map((group) => [group.label, group.runs])])).toEqual([
      ["adam", [["0.1", [0]], ["0.01", [2]]]],
      ["sgd", [["0.1", [1]], ["2", [4]]]],
      ["none", [["1", [3]]]],
    ]);
  });

  it("are different ones under different groups, also with the same value", () => {
    const paths = everyGroup(groups).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("stand one step further in, and fold with the outer one", () => {
    const text = (item: Item) => (item.kind === "run" ? `${item.depth}:${item.run}` : `${item.group.depth}:${item.group.label}`);
    expect(tableItems([], groups, ({ label }) => label !== "sgd" && label !== "0.01").map(text)).toEqual([
      "0:adam", "1:0.1", "2:0", "1:0.01", "0:sgd", "0:none", "1:1", "2:3",
    ]);
  });
});

describe("tableItems", () => {
  it("leaves out the runs of folded groups", () => {
    const groups = groupRuns([0, 1, 2], [column("config.opt")]);
    const items = tableItems([0, 1, 2], groups, ({ label }) => label !== "adam");
    expect(items.map((item) => (item.kind === "run" ? item.run : `${item.group.label} ${item.open}`))).toEqual(["adam false", "sgd true", 1]);
  });
});

describe("groupText", () => {
  it("averages what was measured", () => {
    expect(groupText(column("summary.acc"), [0, 1, 2])).toBe("0.7 ± 0.5");
    expect(groupTitle(column("summary.acc"), [0, 1, 2, 3])).toBe(
      "mean 0.7 of 3 runs, 95 % confidence interval 0.203132 to 1.19687, standard deviation 0.2",
    );
    expect(groupText(column("summary.acc"), [0])).toBe("0.9");
    expect(groupText(column("summary.acc"), [3])).toBe("");
  });

  it("names what was set, while it is few", () => {
    expect(groupText(column("config.lr"), [0, 1])).toBe("0.1");
    expect(groupText(column("config.lr"), [0, 1, 2])).toBe("0.1 · 0.01");
    expect(groupText(column("config.lr"), [0, 2, 3, 4])).toBe("4 values");
  });

  it("says nothing of moments", () => {
    expect(groupText(column("started"), [0, 1])).toBe("");
  });
});
