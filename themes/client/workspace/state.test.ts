import { describe, expect, it } from "vitest";
import { readState, writeState } from "../store";
import type { RunsData } from "../types";
import { type WorkspaceState, closedAtFirst, initialState, readRanges, workspaceCodec, writeRanges } from "./state";

function project(runs: number): RunsData {
  const ids = Array.from({ length: runs }, (_, index) => (index === 1 ? "odd,id%" : `r${index}`));
  return { project: "p", ids, urls: ids, columns: [] };
}

function roundTrip(runs: number, changes: Partial<WorkspaceState>): [string, Partial<WorkspaceState>] {
  const codec = workspaceCodec(project(runs), "summary.acc");
  const text = writeState({ ...initialState(runs, "summary.acc"), ...changes }, codec);
  return [text, readState(text, codec)];
}

function range(from: number, end: number): Set<number> {
  return new Set(Array.from({ length: end - from }, (_, index) => from + index));
}

describe("the workspace in the address", () => {
  it("is empty at first", () => {
    expect(roundTrip(30, {})[0]).toBe("");
    expect(roundTrip(2000, {})[0]).toBe("");
  });

  it("comes back as it went", () => {
    const changes: Partial<WorkspaceState> = {
      x: "metric:val/a,b&c%",
      smooth: 0.85,
      smoothBy: "gaussian",
      logX: true,
      logY: true,
      ignoreOutliers: true,
      zoomAlone: true,
      groupBy: ["config.optimizer", "config.a,b"],
      zoom: [1763868000123, 1763868900456],
      zooms: new Map([["epoch", [2, 5.5]], ["a:b,_%", [-1, 1e6]]]),
      metrics: "^val/.*",
      filter: 'config.lr < 0.01 && "a" in tags',
      sort: "-summary.acc",
      column: "summary.loss",
      colorBy: "config.optimizer",
      folded: new Set(["val", "a,b%"]),
      closed: new Set([1, 4]),
      list: false,
    };
    expect(roundTrip(30, changes)[1]).toEqual(changes);
  });

  it.each([
    ["none hidden of many", 2000, new Set<number>()],
    ["all hidden", 30, range(0, 30)],
    ["one hidden", 30, new Set([7])],
    ["one shown", 30, new Set([...range(0, 30)].filter((run) => run !== 1))],
    ["half hidden", 1000, range(100, 600)],
  ])("keeps %s", (_name, runs, closed) => {
    expect(roundTrip(runs, { closed })[1].closed).toEqual(closed);
  });

  it("stays short with thousands of runs", () => {
    expect(roundTrip(10_000, { closed: range(2000, 7000) })[0].length).toBeLessThan(60);
  });

  it("drops runs that are gone", () => {
    const codec = workspaceCodec(project(3), "");
    expect(readState("#runs=but.r0,gone", codec).closed).toEqual(new Set([0]));
    expect(readState("#runs=nonsense", codec).closed).toBeUndefined();
    expect(readState("#zoom=5_1", codec).zoom).toBeUndefined();
    expect(readState("#zooms=epoch:5_1,:1_2,x,b:0_1", codec).zooms).toEqual(new Map([["b", [0, 1]]]));
  });

  it("hides the oldest runs of a large project", () => {
    expect(closedAtFirst(30).size).toBe(0);
    expect(closedAtFirst(374).size).toBe(0);
    expect(closedAtFirst(1000)).toEqual(range(0, 750));
    expect(closedAtFirst(1200)).toEqual(range(0, 1000));
    expect(closedAtFirst(1100)).toEqual(range(0, 750));
  });
});

describe("ranges", () => {
  it("come back", () => {
    const numbers = [0, 1, 2, 5, 7, 8];
    expect(writeRanges(numbers)).toBe("0-2.5.7-8");
    expect(readRanges("0-2.5.7-8", 100)).toEqual(numbers);
    expect(readRanges("3-999999999.x", 5)).toEqual([3, 4]);
    expect(writeRanges([])).toBe("");
  });
});
