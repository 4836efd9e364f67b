import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Curve, LinePanel, MetricEntry, ProjectIndex, RunsData } from "../types";

const loaded: string[] = [];
const files = new Map<string, unknown>();

vi.mock("../data", () => ({
  DataError: class extends Error {},
  load: ({ key }: { key: string }) => {
    loaded.push(key);
    return files.has(key) ? Promise.resolve(files.get(key)) : Promise.reject(new Error(`no ${key}`));
  },
  projectIndex: () => Promise.resolve(files.get("index")),
}));

const { hasWaiting, loadPanel, loadShown } = await import("./line_data");

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

const runsOf = ({ lines }: { lines: { run: number }[] }) => lines.map(({ run }) => run);

describe("the parts of an overview", () => {
  it("are loaded while one of their runs is shown, and put in order", async () => {
    const data = await loadPanel(PANEL, new Set([0, 1, 2, 5]));
    expect(loaded).toEqual(["runs", "loss/2", "loss/4"]);
    expect(runsOf(data)).toEqual([2, 3, 5]);
    expect(hasWaiting(data, new Set([0, 1]))).toBe(false);
    expect(hasWaiting(data, new Set([0]))).toBe(true);
    await loadShown(PANEL, data, new Set([0]));
    expect(runsOf(data)).toEqual([0, 1, 2, 3, 5]);
    await loadShown(PANEL, data, new Set());
    expect(loaded).toEqual(["runs", "loss/2", "loss/4", "loss/0"]);
  });

  it("are those of the runs that a panel asks for", async () => {
    const data = await loadPanel({ ...PANEL, runs: ["d"] }, new Set());
    expect(loaded).toEqual(["runs", "loss/2"]);
    expect(runsOf(data)).toEqual([3]);
    expect(hasWaiting(data, new Set())).toBe(false);
  });

  it("that cannot be had are asked for again, and the others are kept", async () => {
    const data = await loadPanel(PANEL, new Set([0, 1, 2, 3]));
    files.delete("loss/2");
    await expect(loadShown(PANEL, data, new Set())).rejects.toThrow("no loss/2");
    expect(runsOf(data)).toEqual([0, 1, 5]);
    files.set("loss/2", { metric: "loss", curves: [curve(2)] });
    await loadShown(PANEL, data, new Set());
    expect(runsOf(data)).toEqual([0, 1, 2, 5]);
  });

  it("are not missed while every run is hidden, and a metric that nobody logged is said to be", async () => {
    expect((await loadPanel(PANEL, new Set([0, 1, 2, 3, 4, 5]))).lines).toEqual([]);
    await expect(loadPanel({ ...PANEL, metrics: ["nothing"] }, new Set())).rejects.toThrow("no run here has logged “nothing”");
    await expect(loadPanel({ ...PANEL, runs: ["e"] }, new Set())).rejects.toThrow("no run here has logged");
  });
});
