import { describe, expect, it } from "vitest";
import type { TableOptions } from "../types";
import { runsData } from "./sample";
import { closedEyes, selectedRows, tickedOf } from "./selecting";
import { firstState, type TableState } from "./state";
import { tableView } from "./view";

const data = runsData({ name: ["a", "b", "c", "d"], "config.opt": ["x", "y", "x", "y"] });
const options: TableOptions = { project: "digits", url: true };
const state = (changes: Partial<TableState> = {}): TableState => ({ ...firstState(options), ...changes });
const flat = tableView(data, options, state(), new Set());
const grouped = tableView(data, options, state({ group: ["config.opt"] }), new Set());

describe("selectedRows", () => {
  it("ticks a run, and unticks it", () => {
    const once = selectedRows(flat, state(), 1, null);
    expect(once.selected).toEqual(new Set([1]));
    expect(selectedRows(flat, state(once), 1, null).selected).toEqual(new Set());
  });

  it("gives a stretch of rows the state of its first one, in both directions", () => {
    const from = state({ selected: new Set([3]) });
    expect(selectedRows(flat, from, 1, 3).selected).toEqual(new Set([1, 2, 3]));
    expect(selectedRows(flat, state({ selected: new Set([1, 2]) }), 2, 0).selected).toEqual(new Set());
  });

  it("ticks all runs of a group, also those that were left", () => {
    expect(selectedRows(grouped, state({ selected: new Set([0]) }), 0, null).selected).toEqual(new Set([0, 2]));
  });
});

describe("tickedOf", () => {
  it("is about the runs shown", () => {
    const few = tableView(data, options, state({ filter: "name == 'a'" }), new Set());
    expect([tickedOf(few, new Set()), tickedOf(few, new Set([1])), tickedOf(few, new Set([0, 1])), tickedOf(flat, new Set([0]))]).toEqual([
      "none", "none", "all", "some",
    ]);
  });
});

describe("closedEyes", () => {
  it("hides and shows", () => {
    const hidden = closedEyes(state(), [1, 2], false);
    expect(hidden.closed).toEqual(new Set([1, 2]));
    expect(closedEyes(state(hidden), [1], true).closed).toEqual(new Set([2]));
  });
});
