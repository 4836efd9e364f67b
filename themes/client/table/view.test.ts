import { describe, expect, it } from "vitest";
import type { TableOptions } from "../types";
import { bestValue, cellText, columnsByKey, isMetric, lowerIsBetter } from "./columns";
import { runsData } from "./sample";
import { readSortKey } from "./sort";
import { defaultColumns, movedKey } from "./choice";
import { firstState, stateCodec, type TableState } from "./state";
import { tableCsv, tableJson, tableMarkdown } from "./take_away";
import { readState, writeState } from "../store";
import { tableView } from "./view";

const data = runsData({
  name: ["a", "b", "c"],
  state: ["finished", "failed", "finished"],
  tags: [["base"], [], ["base", "x"]],
  rows: [1, 1, 1],
  "config.lr": [0.1, 0.01, 0.1],
  "config.batch": [32, 32, 32],
  "summary.epoch": [3, 3, 3],
  "summary.val/acc": [0.9, 0.8, null],
  "summary.val/loss": [0.2, 0.1, 0.3],
});
const options: TableOptions = { project: "digits", url: true };
const view = (changes: Partial<TableState>, more: Partial<TableOptions> = {}) =>
  tableView(data, { ...options, ...more }, { ...firstState({ ...options, ...more }), ...changes }, new Set());

describe("tableView", () => {
  it("filters, sorts and counts", () => {
    const { runs, all, error } = view({ filter: '"base" in tags', sort: [readSortKey("-summary.val/loss")] });
    expect([runs, all.length, error]).toEqual([[2, 0], 3, ""]);
  });

  it("shows every run and says why when the filter is no filter", () => {
    const { runs, error } = view({ filter: "config.lr <" });
    expect(runs).toEqual([0, 1, 2]);
    expect(error).toContain("ends too early");
  });

  it("keeps to the runs that it was given and ignores unknown ids", () => {
    expect(view({}, { runs: ["r2", "gone", "r0"] }).runs).toEqual([2, 0]);
  });

  it("pins name and state and gathers the others by where they come from", () => {
    const { pinned, columns } = view({ columns: ["summary.val/acc", "state", "config.lr", "name"] });
    expect(pinned.map(({ key }) => key)).toEqual(["eye", "name", "state"]);
    expect(columns.map(({ key }) => key)).toEqual(["config.lr", "summary.val/acc"]);
  });

  it("leaves out what does not differ, when asked to", () => {
    const keys = view({ differing: true, columns: ["name", "config.lr", "config.batch", "rows"] }).columns.map(({ key }) => key);
    expect(keys).toEqual(["config.lr"]);
    expect(view({ differing: true, columns: ["name", "config.lr"], filter: "config.lr > 0.05" }).columns).toEqual([]);
  });

  it("has a row for each group above its runs", () => {
    const { items } = view({ group: ["config.lr"] });
    expect(items.map((item) => (item.kind === "run" ? item.run : item.group.label))).toEqual(["0.1", 0, 2, "0.01", 1]);
  });
});

describe("defaultColumns", () => {
  it("puts results that say what is better first and leaves out what is the same everywhere", () => {
    expect(defaultColumns(data, options)).toEqual(["name", "state", "tags", "config.lr", "summary.val/acc", "summary.val/loss", "summary.epoch"]);
  });

  it("takes what a report asks for, with the name", () => {
    expect(defaultColumns(data, { project: "digits", columns: ["config.batch"] })).toEqual(["name", "config.batch"]);
  });
});

describe("what stands out", () => {
  const columns = columnsByKey(data);
  it("is the greatest accuracy and the least loss", () => {
    expect(bestValue(columns.get("summary.val/acc")!, [0, 1, 2])).toBe(0.9);
    expect(bestValue(columns.get("summary.val/loss")!, [0, 1, 2])).toBe(0.1);
  });

  it("is nothing where more is neither better nor worse, or all are equal", () => {
    expect(bestValue(columns.get("summary.epoch")!, [0, 1])).toBeNaN();
    expect(bestValue(columns.get("summary.val/acc")!, [0])).toBeNaN();
    expect(isMetric(columns.get("config.lr")!)).toBe(false);
  });

  it("knows what is to be minimised by its name", () => {
    expect(["val/loss", "error", "ppl", "test.mae", "wer"].map(lowerIsBetter)).toEqual([true, true, true, true, true]);
    expect(["val/acc", "f1", "mapped", "power"].map(lowerIsBetter)).toEqual([false, false, false, false]);
  });

  it("writes numbers with four digits and lists with commas", () => {
    expect(cellText(columns.get("summary.val/acc")!, 0.123456)).toBe("0.1235");
    expect(cellText(columns.get("tags")!, ["a", "b"])).toBe("a, b");
    expect(cellText(columns.get("summary.val/acc")!, null)).toBe("");
  });
});

describe("the state in the address", () => {
  const first = firstState({ ...options, sort: ["-started"] });
  const codec = stateCodec(first, data, { ...options, sort: ["-started"] });

  it("comes back as it was, with commas and signs in keys", () => {
    const state: TableState = {
      filter: 'config.lr < 0.1 && "a,b" in tags',
      sort: [readSortKey("-summary.val/acc"), readSortKey("config.a,b%")],
      group: ["config.opt", "config.a,b"],
      folded: true,
      columns: ["name", "config.a,b%", "summary.val/acc"],
      differing: true,
      heat: ["summary.val/acc"],
      pinned: ["config.lr"],
      widths: new Map([["config.a:b,c", 240]]),
      baseline: "r1",
      closed: new Set([2]),
      selected: new Set([0, 1]),
    };
    expect({ ...first, ...readState(`#${writeState(state, codec)}`, codec) }).toEqual(state);
  });

  it("is empty for what the page asks for anyway", () => {
    expect(writeState(first, codec)).toBe("");
  });

  it("ignores what cannot be read", () => {
    expect(readState("#differing=maybe&widths=config.lr%3Awide&selected=gone", codec)).toEqual({
      differing: false,
      widths: new Map(),
      selected: new Set(),
    });
  });

  it("says of columns what was added and taken away, and all of them only in another order", () => {
    const usual = defaultColumns(data, options);
    const text = (columns: string[]) => decodeURIComponent(writeState({ ...first, columns }, codec));
    expect(text([...usual.filter((key) => key !== "tags"), "rows"])).toBe("columns=+rows,-tags");
    expect(text([...usual, "rows", "config.batch"])).toBe("columns=+*");
    expect(text(["name", "rows"])).toBe("columns=name,rows");
    for (const columns of [[...usual, "config.batch"], [...usual].reverse(), ["name"], [...usual, "rows", "config.batch"], usual]) {
      expect(readState(`#${writeState({ ...first, columns }, codec)}`, codec).columns).toEqual(columns);
    }
  });

  it("names many ticked runs by number", () => {
    const many = runsData({ name: Array.from({ length: 50 }, (_, run) => `n${run}`) });
    const manyCodec = stateCodec(first, many, options);
    const selected = new Set(Array.from({ length: 40 }, (_, run) => run));
    expect(writeState({ ...first, selected }, manyCodec)).toBe("selected=numbers.0-39");
    expect(readState("#selected=numbers.0-39", manyCodec).selected).toEqual(selected);
  });
});

describe("movedKey", () => {
  it("puts a key before another or at the end", () => {
    expect(movedKey(["a", "b", "c"], "c", "a")).toEqual(["c", "a", "b"]);
    expect(movedKey(["a", "b", "c"], "a", null)).toEqual(["b", "c", "a"]);
    expect(movedKey(["a"], "b", "gone")).toEqual(["a"]);
  });
});

describe("tableCsv", () => {
  it("has full values, quotes what needs it, and defuses formulas", () => {
    const odd = runsData({ name: ['=cmd("x")', "a,b"], "summary.x": [-0.123456789, null], tags: [["+1", "b"], []] });
    expect(tableCsv(odd, odd.columns, [0, 1])).toBe(
      'id,name,summary.x,tags\r\nr0,"\'=cmd(""x"")",-0.123456789,"\'+1, b"\r\nr1,"a,b",,\r\n',
    );
  });
});

describe("tableJson", () => {
  it("has the values as they are, a run on each line", () => {
    const rows = JSON.parse(tableJson(data, data.columns.slice(0, 3), [2, 1])) as unknown[];
    expect(rows).toEqual([
      { id: "r2", name: "c", state: "finished", tags: ["base", "x"] },
      { id: "r1", name: "b", state: "failed", tags: [] },
    ]);
  });
});

describe("tableMarkdown", () => {
  it("has what the cells show, numbers at the right, and nothing that Markdown would act on", () => {
    const odd = runsData({ name: ["a|b", "<b>*x*"], "summary.x": [0.123456, null] });
    expect(tableMarkdown(odd, odd.columns, [0, 1])).toBe("| name | x |\n| --- | ---: |\n| a\\|b | 0.1235 |\n| \\<b\\>\\*x\\* |  |\n");
  });
});
