import { describe, expect, it } from "vitest";
import type { Column } from "../types";
import { columnsByKey } from "./columns";
import { aggregate, groupRuns, groupText, tableItems } from "./group";
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
    expect(mean).toBeCloseTo(0.7, 12);
    expect(std).toBeCloseTo(0.2, 12);
  });

  it("has no deviation for one run and no mean for none", () => {
    expect(aggregate(column("summary.acc"), [0])).toEqual({ n: 1, mean: 0.9, std: NaN });
    expect(aggregate(column("summary.acc"), [3])).toEqual({ n: 0, mean: NaN, std: NaN });
  });
});

describe("groupRuns", () => {
  const by = column("config.opt");

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

describe("tableItems", () => {
  it("leaves out the runs of folded groups", () => {
    const groups = groupRuns([0, 1, 2], column("config.opt"));
    const items = tableItems([0, 1, 2], groups, new Set(["adam"]));
    expect(items.map((item) => (item.kind === "run" ? item.run : `${item.group.label} ${item.open}`))).toEqual(["adam false", "sgd true", 1]);
  });
});

describe("groupText", () => {
  it("averages what was measured", () => {
    expect(groupText(column("summary.acc"), [0, 1, 2])).toBe("0.7 ± 0.2");
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
