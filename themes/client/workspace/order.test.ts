import { describe, expect, it } from "vitest";
import type { RunsData } from "../types";
import { configColumns, groupColumns, orderedRuns, valueColumns } from "./order";
import { planSections } from "./plan";
import { metricTest } from "./search";

const RUNS: RunsData = {
  project: "p",
  ids: ["a", "b", "c"],
  urls: ["a", "b", "c"],
  columns: [
    { key: "name", label: "name", group: "run", type: "string", values: ["run 10", "run 9", "run 1"] },
    { key: "config.lr", label: "lr", group: "config", type: "number", values: [0.1, 0.1, 0.01] },
    { key: "config.same", label: "same", group: "config", type: "number", values: [1, 1, 1] },
    { key: "summary.train/loss", label: "train/loss", group: "summary", type: "number", values: [1, 2, 3] },
    { key: "summary.val/acc", label: "val/acc", group: "summary", type: "number", values: [0.5, null, 0.9] },
  ],
};

const ALL = () => true;

describe("the run list", () => {
  it("has the newest first", () => {
    expect(orderedRuns(RUNS, "", ALL)).toEqual([2, 1, 0]);
  });

  it("sorts numbers by size, names as people count, and what is missing last", () => {
    expect(orderedRuns(RUNS, "summary.val/acc", ALL)).toEqual([0, 2, 1]);
    expect(orderedRuns(RUNS, "-summary.val/acc", ALL)).toEqual([2, 0, 1]);
    expect(orderedRuns(RUNS, "name", ALL)).toEqual([2, 1, 0]);
    expect(orderedRuns(RUNS, "-name", (run) => run !== 1)).toEqual([0, 2]);
  });

  it("knows decimals and powers in names", () => {
    const names = ["lr-0.1-s0", "lr-0.01-s1", "lr-0.01-s0", "lr-1e-3-s10", "lr-1e-3-s9", "a"];
    const runs: RunsData = { project: "p", ids: names, urls: names, columns: [{ key: "name", label: "name", group: "run", type: "string", values: names }] };
    expect(orderedRuns(runs, "name", ALL).map((run) => names[run])).toEqual(["a", "lr-1e-3-s9", "lr-1e-3-s10", "lr-0.01-s0", "lr-0.01-s1", "lr-0.1-s0"]);
  });

  it("offers what tells runs apart", () => {
    expect(configColumns(RUNS).map(({ key }) => key)).toEqual(["config.lr"]);
    const groups = { key: "group", label: "group", group: "run" as const, type: "string" as const, values: ["x", "x", null] };
    const same = { ...groups, key: "job_type", label: "job type", values: ["t", "t", "t"] };
    expect(groupColumns({ ...RUNS, columns: [...RUNS.columns, groups, same] })).toEqual({
      run: [{ key: "group", label: "group" }],
      config: [{ key: "config.lr", label: "lr" }],
    });
    expect(valueColumns(RUNS).map(({ key }) => key)).toEqual(["summary.train/loss", "summary.val/acc"]);
  });

  it("are known before their values are there", () => {
    const later = RUNS.columns.map((column) => ({ ...column, values: [], varies: column.key === "config.lr" }));
    expect(valueColumns({ ...RUNS, columns: later })).toEqual(valueColumns(RUNS));
    expect(configColumns({ ...RUNS, columns: later }).map(({ key }) => key)).toEqual(["config.lr"]);
  });
});

describe("sections", () => {
  const entry = (name: string, section: string, hidden = false) => ({
    name,
    section,
    hidden,
    runs: 1,
    overviews: [],
  });
  const index = {
    project: "p",
    pages: { home: "", workspace: "", runs: "", compare: "", reports: "" },
    runs: { key: "", url: "" },
    column: "summary.val/acc",
    metrics: [entry("epoch", ""), entry("train/loss", "train"), entry("val/acc", "val"), entry("val/f1", "val"), entry("val/secret", "val", true)],
    system: [entry("cpu", "")],
    panels: [],
    media: [],
    specs: [],
    views: [],
  };

  it("are the prefixes, the main one first, the system last, hidden metrics nowhere", () => {
    const plan = planSections(index, "val/acc").map(({ name, panels }) => [name, panels.map(({ panel }) => panel.title)]);
    expect(plan).toEqual([
      ["val", ["val/acc", "val/f1"]],
      ["train", ["train/loss"]],
      ["metrics", ["epoch"]],
      ["system", ["cpu"]],
    ]);
  });

  it("are searched by regular expression, or by text while it is none", () => {
    expect(metricTest("^val/.*c$")("val/acc")).toBe(true);
    expect(metricTest("ACC")("val/acc")).toBe(true);
    expect(metricTest("acc(")("val/acc(top1)")).toBe(true);
    expect(metricTest("")("anything")).toBe(true);
  });
});
