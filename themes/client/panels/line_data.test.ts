import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Curve, LinePanel, MetricEntry, PreviewPart, ProjectIndex, RunsData } from "../types";
import type { Asked } from "./line_data";

const loaded: string[] = [];
const files = new Map<string, unknown>();

vi.mock("../data", () => ({
  column: (numbers: number[]) => Float64Array.from(numbers),
  DataError: class extends Error {},
  load: ({ key }: { key: string }) => {
    loaded.push(key);
    return files.has(key) ? Promise.resolve(files.get(key)) : Promise.reject(new Error(`no ${key}`));
  },
}));

const { hasWaiting, loadPanel, loadShown } = await import("./line_data");

const index = () => files.get("index") as ProjectIndex;
const ref = (key: string) => ({ key, url: key });
const curve = (run: number): Curve => ({ run, rows: 1, bucket: 1, step: [0], time: [0], last: [run] });
const PANEL: LinePanel = { kind: "line", title: "loss", project: "p", metrics: ["loss"], source: "overview", runs: null };
const RUNS: RunsData = {
  project: "p",
  ids: ["a", "b", "c", "d", "e", "f"],
  urls: [],
  columns: [{ key: "name", label: "name", group: "run", type: "string", values: ["a", "b", "c", "d", "e", "f"] }],
};

beforeEach(() => {
  loaded.length = 0;
  files.clear();
  const parts = [0, 2, 4].map((first) => ({ first, last: first + 1, data: ref(`loss/${first}`) }));
  const entry: MetricEntry = { name: "loss", section: "", hidden: false, runs: 5, overviews: parts };
  files.set("index", { runs: ref("runs"), metrics: [entry], system: [] } as unknown as ProjectIndex);
  files.set("runs", RUNS);
  for (const first of [0, 2]) files.set(`loss/${first}`, { metric: "loss", curves: [curve(first), curve(first + 1)] });
  files.set("loss/4", { metric: "loss", curves: [curve(5)] });
});

/** A preview of two runs of one entry each. */
const part = (first: number): PreviewPart => ({ metric: "loss", runs: [first, first + 1], rows: [1, 1], first: [0, 0], last: [0, 0], low: [1, 1], high: [1, 1], levels: btoa("\0\0\0\0\0\0") });
const asked = (hidden: ReadonlySet<number>, preview = false): Asked => ({ hidden, preview });
const runsOf = ({ lines }: { lines: { run: number }[] }) => lines.map(({ run }) => run);

describe("the parts of an overview", () => {
  it("are loaded while one of their runs is shown, and put in order", async () => {
    const data = await loadPanel(PANEL, index(), asked(new Set([0, 1, 2, 5])));
    expect(loaded).toEqual(["runs", "loss/2", "loss/4"]);
    expect(runsOf(data)).toEqual([2, 3, 5]);
    expect(hasWaiting(data, asked(new Set([0, 1])))).toBe(false);
    expect(hasWaiting(data, asked(new Set([0])))).toBe(true);
    await loadShown(PANEL, data, asked(new Set([0])));
    expect(runsOf(data)).toEqual([0, 1, 2, 3, 5]);
    await loadShown(PANEL, data, asked(new Set()));
    expect(loaded).toEqual(["runs", "loss/2", "loss/4", "loss/0"]);
  });

  it("are those of the runs that a panel asks for", async () => {
    const data = await loadPanel({ ...PANEL, runs: ["d"] }, index(), asked(new Set()));
    expect(loaded).toEqual(["runs", "loss/2"]);
    expect(runsOf(data)).toEqual([3]);
    expect(hasWaiting(data, asked(new Set()))).toBe(false);
  });

  it("that cannot be had are asked for again, and the others are kept", async () => {
    const data = await loadPanel(PANEL, index(), asked(new Set([0, 1, 2, 3])));
    files.delete("loss/2");
    await expect(loadShown(PANEL, data, asked(new Set()))).rejects.toThrow("no loss/2");
    expect(runsOf(data)).toEqual([0, 1, 5]);
    files.set("loss/2", { metric: "loss", curves: [curve(2)] });
    await loadShown(PANEL, data, asked(new Set()));
    expect(runsOf(data)).toEqual([0, 1, 2, 5]);
  });

  it("come as previews while these will do, and as they are when somebody looks", async () => {
    const [entry] = (files.get("index") as ProjectIndex).metrics as [MetricEntry];
    for (const part of entry.overviews.slice(0, 2)) part.preview = ref(`preview/${part.first}`);
    files.set("preview/0", part(0));
    files.set("preview/2", part(2));
    const data = await loadPanel(PANEL, index(), asked(new Set([2, 3]), true));
    expect(loaded).toEqual(["runs", "preview/0", "loss/4"]);
    expect(runsOf(data)).toEqual([0, 1, 5]);
    expect(data.previewed.map(({ first }) => first)).toEqual([0]);
    expect(hasWaiting(data, asked(new Set([2, 3]), true))).toBe(false);
    expect(hasWaiting(data, asked(new Set([2, 3])))).toBe(true);
    files.delete("loss/0");
    await expect(loadShown(PANEL, data, asked(new Set([2, 3])))).rejects.toThrow("no loss/0");
    expect(runsOf(data)).toEqual([0, 1, 5]);
    files.set("loss/0", { metric: "loss", curves: [curve(0), curve(1)] });
    await loadShown(PANEL, data, asked(new Set()));
    expect(runsOf(data)).toEqual([0, 1, 2, 3, 5]);
    expect(data.lines[0]?.curve).toEqual(curve(0));
    expect(data.previewed).toEqual([]);
    expect(hasWaiting(data, asked(new Set()))).toBe(false);
  });

  it("are not missed while every run is hidden, and a metric that nobody logged is said to be", async () => {
    expect((await loadPanel(PANEL, index(), asked(new Set([0, 1, 2, 3, 4, 5])))).lines).toEqual([]);
    await expect(loadPanel({ ...PANEL, metrics: ["nothing"] }, index(), asked(new Set()))).rejects.toThrow("no run here has logged “nothing”");
    await expect(loadPanel({ ...PANEL, runs: ["e"] }, index(), asked(new Set()))).rejects.toThrow("no run here has logged");
  });
});
