/** From the data of a project and what the reader has chosen to what the table shows. Pure, so that it can be tested. */
import { compileFilter } from "../query";
import type { Column, RunsData, TableOptions } from "../types";
import { defaultColumns } from "./choice";
import { columnsByKey, differs, eyeColumn } from "./columns";
import { groupRuns, tableItems, type Group, type Item } from "./group";
import { sortRuns } from "./sort";
import type { TableState } from "./state";

export interface TableView {
  /** columns that stay at the left, then those that scroll */
  pinned: Column[];
  columns: Column[];
  items: Item[];
  groups: Group[] | null;
  /** runs that pass the filter, in order */
  runs: number[];
  /** runs before the filter */
  all: number[];
  /** number of the run that others are compared with; -1 for none */
  baseline: number;
  /** what is wrong with the filter, in words; the runs are then unfiltered */
  error: string;
}

const PINNED = ["name", "state"];
const GROUP_ORDER = ["run", "config", "summary", "system"];

/** The runs that a table is about, by number; unknown ids are left out. */
export function tableRuns(data: RunsData, options: TableOptions): number[] {
  if (!options.runs) return data.ids.map((_, index) => index);
  const numbers = new Map(data.ids.map((id, index) => [id, index]));
  return options.runs.flatMap((id) => numbers.get(id) ?? []);
}

function filtered(data: RunsData, runs: readonly number[], text: string): { runs: number[]; error: string } {
  try {
    return { runs: runs.filter(compileFilter(text, data)), error: "" };
  } catch (error) {
    return { runs: [...runs], error: error instanceof Error ? error.message : String(error) };
  }
}

function shownColumns(data: RunsData, options: TableOptions, state: TableState, runs: readonly number[]): Column[] {
  const known = columnsByKey(data);
  const keys = state.columns ?? defaultColumns(data, options);
  const columns = [...new Set(keys)].flatMap((key) => known.get(key) ?? []);
  if (!state.differing) return columns;
  return columns.filter((column) => PINNED.includes(column.key) || state.pinned.includes(column.key) || differs(column, runs));
}

/** Columns of one first-level head stand together; within it they keep their order. */
function gathered(columns: readonly Column[]): Column[] {
  return GROUP_ORDER.flatMap((group) => columns.filter((column) => column.group === group));
}

/** The table as it is to be shown. `toggled` are the paths of groups that are not as `folded` says. */
export function tableView(data: RunsData, options: TableOptions, state: TableState, toggled: ReadonlySet<string>): TableView {
  const known = columnsByKey(data);
  const all = tableRuns(data, options);
  const { runs: passing, error } = filtered(data, all, state.filter);
  const runs = sortRuns(passing, state.sort, known);
  const by = state.group.flatMap((key) => known.get(key) ?? []);
  const key = state.sort[0];
  const column = key && known.get(key.key);
  const groups = by.length ? groupRuns(runs, by, key && column ? { key, column } : undefined) : null;
  const shown = shownColumns(data, options, state, runs);
  const stays = ({ key }: Column) => PINNED.includes(key) || state.pinned.includes(key);
  return {
    pinned: [
      ...(options.url ? [eyeColumn] : []),
      ...PINNED.flatMap((one) => shown.filter((candidate) => candidate.key === one)),
      ...gathered(shown.filter((candidate) => state.pinned.includes(candidate.key) && !PINNED.includes(candidate.key))),
    ],
    columns: gathered(shown.filter((candidate) => !stays(candidate))),
    items: tableItems(runs, groups, (group) => state.folded === toggled.has(group.path)),
    groups,
    runs,
    all,
    baseline: state.baseline ? data.ids.indexOf(state.baseline) : -1,
    error,
  };
}
