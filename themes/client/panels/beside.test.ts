import { describe, expect, it } from "vitest";
import { readState, writeState } from "../store";
import type { Curve, LinePanel } from "../types";
import { hasRanks, shownLines, wantedKinds } from "./beside";
import type { PanelLine } from "./line_data";
import { MAIN_ONLY, type RunView, runViewCodec } from "./run_view";
import { panelSettings } from "./settings";

const PANEL: LinePanel = { kind: "line", title: "loss", project: "p", metrics: ["loss"], source: "run", runs: ["a"] };
const RANKED: LinePanel = { ...PANEL, ranks: { main: "rank 0", count: 2 }, overwritten: "some" };
const CURVE: Curve = { run: 3, rows: 1, bucket: 1, step: [0], time: [0], last: [1] };

function line(kind: PanelLine["kind"], rank = ""): PanelLine {
  return { key: `${kind}/${rank}`, run: 3, name: rank, metric: 0, kind, rank, place: 0, started: 0, curve: CURVE };
}

const LINES = [
  line("main", "rank 0"),
  line("rank", "rank 0"),
  line("rank", "rank 1"),
  line("band"),
  line("tail", "rank 0"),
  line("tail", "rank 1"),
];

function shown(view: Partial<RunView>, lines = LINES, panel = RANKED): string[] {
  return shownLines(panel, lines, { ...panelSettings(panel), ...view }).map(({ key }) => key);
}

describe("what stands beside the main line", () => {
  it("is nothing at first", () => {
    expect(shown({})).toEqual(["main/rank 0"]);
    expect(hasRanks(PANEL)).toBe(false);
    expect(hasRanks({ ...PANEL, ranks: { main: "rank 3", count: 1 } })).toBe(false);
  });

  it("is a line for each rank, or their band", () => {
    expect(shown({ ranks: "each" })).toEqual(["rank/rank 0", "rank/rank 1"]);
    expect(shown({ ranks: "each", hiddenRanks: new Set(["rank 0"]) })).toEqual(["rank/rank 1"]);
    expect(shown({ ranks: "each", hiddenRanks: new Set(["rank 0", "rank 1"]) })).toEqual([]);
    expect(shown({ ranks: "band" })).toEqual(["band/"]);
  });

  it("is what was overwritten of the ranks that are shown", () => {
    expect(shown({ overwritten: true })).toEqual(["main/rank 0", "tail/rank 0"]);
    expect(shown({ overwritten: true, ranks: "band" })).toEqual(["band/", "tail/rank 0"]);
    const each = shown({ overwritten: true, ranks: "each", hiddenRanks: new Set(["rank 0"]) });
    expect(each).toEqual(["rank/rank 1", "tail/rank 1"]);
  });

  it("is the main line until the ranks have arrived", () => {
    const before = [line("main", "rank 0"), line("tail", "rank 0")];
    expect(shown({ ranks: "each", overwritten: true }, before)).toEqual(["main/rank 0", "tail/rank 0"]);
    expect(shown({ ranks: "band" }, before)).toEqual(["main/rank 0"]);
  });

  it("is not asked of a run of one process", () => {
    expect([...wantedKinds(PANEL, { ...panelSettings(PANEL), ranks: "each", overwritten: true })]).toEqual(["main"]);
  });

  it("is all there is of a metric that was overwritten as a whole", () => {
    const gone: LinePanel = { ...PANEL, overwritten: "all" };
    expect([...wantedKinds(gone, panelSettings(gone))]).toEqual(["main", "tail"]);
    expect(shown({}, [line("tail", "main")], gone)).toEqual(["tail/main"]);
  });

  it("is not shown of a run that is hidden", () => {
    const settings = { ...panelSettings(RANKED), ranks: "each" as const, hidden: new Set([3]) };
    expect(shownLines(RANKED, LINES, settings)).toEqual([]);
  });
});

describe("the address of a run's page", () => {
  it("is silent about the main line and says what is beside it", () => {
    expect(writeState(MAIN_ONLY, runViewCodec)).toBe("");
    const view: RunView = { ...MAIN_ONLY, ranks: "band", overwritten: true };
    const text = writeState(view, runViewCodec);
    expect(text).toBe("ranks=band&overwritten=1");
    expect(readState(`?${text}`, runViewCodec)).toEqual({ ranks: "band", overwritten: true });
  });

  it("cannot name what there is not", () => {
    expect(readState("?ranks=none", runViewCodec)).toEqual({});
  });
});
