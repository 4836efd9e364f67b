import { describe, expect, it } from "vitest";
import type { RunsData } from "../types";
import { rowsCsv, rowsMarkdown } from "./export";
import type { ComparedRun } from "./payloads";
import { deltaOf, environmentRows, isBest, packageRows, rowDiffers, searchRows, shownRows, tableRows } from "./rows";

const RUNS: RunsData = {
  project: "p",
  ids: ["a", "b", "c"],
  urls: ["", "", ""],
  columns: [
    { key: "name", label: "name", group: "run", type: "string", values: ["A", "B|<b>", "C"] },
    { key: "state", label: "state", group: "run", type: "state", values: ["finished", "finished", "failed"] },
    { key: "config.lr", label: "lr", group: "config", type: "number", values: [0.1, 0.2, 0.1] },
    { key: "config.seed", label: "seed", group: "config", type: "number", values: [1, 1, 1] },
    { key: "config.only_c", label: "only_c", group: "config", type: "string", values: [null, null, "x"] },
    { key: "summary.val/acc", label: "val/acc", group: "summary", type: "number", values: [0.5, 0.75, 0.9] },
    { key: "summary.loss", label: "loss", group: "summary", type: "number", values: [2, 1, null] },
  ],
};

const byKey = (runs: readonly number[]) => new Map(tableRows(RUNS, runs).map((row) => [row.key, row]));

describe("tableRows", () => {
  it("leaves out what none of the runs has, and begins with the configuration", () => {
    expect(tableRows(RUNS, [0, 1]).map(({ key }) => key)).toEqual(["config.lr", "config.seed", "summary.val/acc", "summary.loss", "state"]);
  });

  it("marks the best among these runs alone", () => {
    const best = (key: string, runs: readonly number[]) => runs.map((_, place) => isBest(byKey(runs).get(key) as never, place));
    expect(best("summary.val/acc", [0, 1])).toEqual([false, true]);
    expect(best("summary.loss", [0, 1, 2])).toEqual([false, true, false]);
    expect(best("config.lr", [0, 1])).toEqual([false, false]);
  });
});

describe("what is shown", () => {
  it("is only what differs, where that is wanted", () => {
    const rows = tableRows(RUNS, [0, 1]);
    expect(shownRows(rows, true, "").map(({ key }) => key)).toEqual(["config.lr", "summary.val/acc", "summary.loss"]);
    expect(rows.filter(rowDiffers)).toHaveLength(3);
  });

  it("is found by its key or by one of its values", () => {
    const rows = tableRows(RUNS, [0, 1, 2]);
    expect(searchRows(rows, "ACC").map(({ key }) => key)).toEqual(["summary.val/acc"]);
    expect(searchRows(rows, "failed").map(({ key }) => key)).toEqual(["state"]);
    expect(searchRows(rows, "  ")).toHaveLength(rows.length);
  });
});

describe("deltaOf", () => {
  it("is against the first run, with a part of it in words", () => {
    const row = byKey([0, 1, 2]).get("summary.val/acc") as never;
    expect(deltaOf(row, 0)).toBeNull();
    expect(deltaOf(row, 1)).toEqual({ text: "+0.25", title: "+0.25 against the baseline, +50 %" });
    expect(deltaOf(byKey([1, 0]).get("summary.val/acc") as never, 1)).toEqual({ text: "−0.25", title: "−0.25 against the baseline, −33.3 %" });
  });

  it("is nothing where nothing can be subtracted, or nothing is different", () => {
    expect(deltaOf(byKey([0, 2]).get("summary.loss") as never, 1)).toBeNull();
    expect(deltaOf(byKey([0, 2]).get("config.lr") as never, 1)).toBeNull();
    expect(deltaOf(byKey([0, 2]).get("state") as never, 1)).toBeNull();
  });

  it("names no part of a baseline of 0", () => {
    expect(deltaOf({ group: "", key: "", label: "", type: "number", values: [0, 3], best: NaN }, 1)?.title).toBe("+3 against the baseline");
  });
});

describe("environment and packages", () => {
  const run = (facts: ComparedRun["facts"]): ComparedRun => ({ facts, command: [], code: {} as never, cut: false, metrics: [], system: [] });

  it("are rows in order of first appearance, without what identifies a run", () => {
    const rows = environmentRows([run([["Run", "Id", "a"], ["Machine", "Host", "n1"]]), null, run([["Machine", "GPU", "x"], ["Machine", "Host", "n2"]])]);
    expect(rows.map(({ key, values }) => [key, values])).toEqual([
      ["machine.Host", ["n1", null, "n2"]],
      ["machine.GPU", [null, null, "x"]],
    ]);
  });

  it("are versions by name", () => {
    const rows = packageRows([{ torch: "2.5", numpy: "2.0" }, { numpy: "2.1", odd: "" }]);
    expect(rows.map(({ label, values }) => [label, values])).toEqual([
      ["numpy", ["2.0", "2.1"]],
      ["odd", [null, "installed"]],
      ["torch", ["2.5", null]],
    ]);
  });
});

describe("to take away", () => {
  const rows = tableRows(RUNS, [0, 1]).filter(({ key }) => key === "config.lr" || key === "summary.val/acc");

  it("is Markdown whose cells stay cells", () => {
    expect(rowsMarkdown(["A", "B|<b>"], rows)).toBe(
      "|  | A (baseline) | B\\|\\<b\\> |\n| --- | ---: | ---: |\n| `config.lr` | 0.1 | 0.2 |\n| `summary.val/acc` | 0.5 | **0.75** |\n",
    );
  });

  it("is CSV with full values, in which no text is a formula", () => {
    expect(rowsCsv(["A", "=1+1"], rows)).toBe("key,A,'=1+1\r\nconfig.lr,0.1,0.2\r\nsummary.val/acc,0.5,0.75\r\n");
    expect(rowsCsv(["a,b"], [{ group: "", key: "x", label: "x", type: "string", values: ['say "hi"'], best: NaN }])).toBe('key,"a,b"\r\nx,"say ""hi"""\r\n');
  });
});
