import { describe, expect, it } from "vitest";
import { entriesOf } from "../chart/curve";
import type { Along, Entries } from "../chart/curve";
import { groupsBy } from "../runs";
import type { Curve, LinePanel, RunsData } from "../types";
import { createGrouper, groupNote } from "./group_lines";
import type { PanelLine } from "./line_data";
import { type PanelSettings, colourKeys, panelSettings } from "./settings";

const RUNS: RunsData = {
  project: "p",
  ids: ["a", "b", "c"],
  urls: ["a", "b", "c"],
  columns: [{ key: "config.net", label: "net", group: "config", type: "string", values: ["wide", "deep", "wide"] }],
};
const PANEL: LinePanel = { kind: "line", title: "acc", project: "p", metrics: ["acc"], source: "overview", runs: null, group: "config.net", band: "minmax" };
const SETTINGS = panelSettings(PANEL);
const GROUPS = groupsBy(RUNS, ["config.net"]);

function line(run: number, last: (number | null)[], metric = 0, more: Partial<Curve> = {}): PanelLine {
  const curve: Curve = { run, rows: last.length, bucket: 1, step: { from: 0, by: 1, n: last.length }, time: last.map((_, step) => step * (run + 1)), last, ...more };
  return { key: `${run}/${metric}`, run, name: RUNS.ids[run] ?? "", metric, kind: "main", rank: "", place: 0, started: 0, curve };
}

const LINES = [line(0, [1, 2, 4]), line(1, [5, 5, 5]), line(2, [3, 6, null])];

/** A grouper with an overview that gives the same entries again, as a panel's does. */
function grouper(panel = PANEL) {
  const known = new Map<string, Entries>();
  const overview = (of: PanelLine, along: Along) => {
    const key = `${of.key} ${along.axis} ${along.log}`;
    const entries = known.get(key) ?? entriesOf(of.curve, along, of.started);
    known.set(key, entries);
    return entries;
  };
  const made = createGrouper(panel, overview);
  return (shown: readonly PanelLine[], changes: Partial<PanelSettings> = {}, along: Along = { axis: "step", log: false, over: "" }) =>
    made.lines(shown, { ...SETTINGS, ...changes }, along, GROUPS);
}

describe("lines of groups", () => {
  it("have a center, a band and the runs that count", () => {
    const [deep, wide, ...rest] = grouper()(LINES);
    expect(rest).toEqual([]);
    expect([deep?.name, wide?.name]).toEqual(["deep", "wide"]);
    expect([...(wide?.entries.last ?? [])]).toEqual([2, 4, 4]);
    expect([...(wide?.group?.area?.min ?? [])]).toEqual([1, 2, 4]);
    expect([...(wide?.group?.area?.max ?? [])]).toEqual([3, 6, 4]);
    expect([...(wide?.group?.count ?? [])]).toEqual([2, 2, 1]);
    expect(wide?.group?.runs).toEqual(new Set([0, 2]));
    expect([deep?.colour, wide?.colour, wide?.band]).toEqual([0, 1, true]);
  });

  it("leave out the runs that are hidden, and groups of which all are", () => {
    const lines = grouper()(LINES.slice(2));
    expect(lines.map(({ name, colour }) => [name, colour])).toEqual([["wide", 1]]);
    expect([...(lines[0]?.entries.last ?? [])].slice(0, 2)).toEqual([3, 6]);
  });

  it("are the same as long as nothing about them changes", () => {
    const lines = grouper();
    const first = lines(LINES);
    expect(lines(LINES, { zoom: [0, 1], logY: true })[1]).toBe(first[1]);
    expect(lines(LINES.slice(1))[1]).not.toBe(first[1]);
    expect(lines(LINES, { band: "std" })[1]).not.toBe(first[1]);
    expect(lines(LINES, {}, { axis: "relative", log: false, over: "" })[1]?.entries.x).toEqual(Float64Array.of(0, 1, 2, 3, 6));
  });

  it("have no band where none is wanted, and smooth the band with the line", () => {
    const lines = grouper();
    const [, bare] = lines(LINES, { band: "none" });
    expect([bare?.band, bare?.group?.area, bare?.entries.min]).toEqual([false, null, null]);
    const [, even] = lines(LINES, { smooth: 0.6 });
    const { last, min, max } = even?.group?.area ?? { last: [], min: [], max: [] };
    expect(even?.shape.last).toBe(last);
    expect([...(even?.entries.last ?? [])]).toEqual([2, 4, 4]);
    last.forEach((value, index) => {
      expect(min?.[index]).toBeLessThanOrEqual(value + 1e-12);
      expect(max?.[index]).toBeGreaterThanOrEqual(value - 1e-12);
    });
  });

  it("tell several metrics apart", () => {
    const lines = grouper({ ...PANEL, metrics: ["acc", "loss"] })([...LINES, line(1, [0, 0], 1)]);
    expect(lines.map(({ name }) => name)).toEqual(["deep · acc", "wide · acc", "deep · loss"]);
    expect(lines[2]?.dash).not.toEqual(lines[0]?.dash);
  });

  it("say what they are made of", () => {
    const reduced = line(2, [1, 1], 0, { bucket: 64, rows: 128, mean: [1, 1], min: [0, 0], max: [2, 2] });
    const shown = [LINES[0] as PanelLine, reduced];
    const scene = { lines: grouper()(shown), axis: "step" as const, xName: "", x: [0, 1] as const, y: [0, 1] as const, log: true, logX: false, outside: null };
    const data = { runs: RUNS, lines: shown, beside: {}, started: 0, waiting: [], previewed: [] };
    expect(groupNote(scene, data, shown, SETTINGS, ["1 NaN"])).toBe("mean, min–max · 2 runs by net · means of up to 64 points · 1 NaN");
  });
});

describe("groups by several columns", () => {
  const columns = [...RUNS.columns, { key: "config.lr", label: "lr", group: "config", type: "number", values: [0.1, 10, 2] } as const];
  const runs: RunsData = { ...RUNS, columns: [...columns].map((column) => ({ ...column, values: [...column.values] })) };

  it("are of the runs that agree in all of them, in the order of each", () => {
    expect(groupsBy(runs, ["config.net", "config.lr"])).toEqual({ names: ["deep · 10", "wide · 0.1", "wide · 2"], of: [1, 0, 2] });
    expect(groupsBy(runs, ["config.lr"]).names).toEqual(["0.1", "2", "10"]);
  });

  it("are what colours mean, before another column", () => {
    expect(colourKeys({ groupBy: ["a", "b"], colorBy: "c" })).toEqual(["a", "b"]);
    expect(colourKeys({ groupBy: [], colorBy: "c" })).toEqual(["c"]);
    expect(panelSettings({ ...PANEL, group: ["config.net", "config.lr"] }).groupBy).toEqual(["config.net", "config.lr"]);
  });
});
