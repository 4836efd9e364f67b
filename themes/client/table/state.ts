/** What a reader has chosen in a runs table, and how it stands in the address. */
import { switchField, textField, type Codec, type FieldCodec } from "../store";
import type { RunsData, TableOptions } from "../types";
import { joinNames, splitNames } from "../names";
import { readRanges, runsField, writeRanges } from "../workspace/state";
import { columnsField } from "./choice";
import { readSortKey, writeSortKey, type SortKey } from "./sort";

export interface TableState {
  filter: string;
  sort: SortKey[];
  /** keys of columns, the outer groups first; empty for none */
  group: string[];
  /** whether groups are folded at first */
  folded: boolean;
  /** keys in order; null for the table's own choice */
  columns: string[] | null;
  /** only columns in which the runs differ */
  differing: boolean;
  /** keys of columns with bars behind their numbers */
  heat: string[];
  /** keys of columns that stay at the left, besides those that always do */
  pinned: string[];
  /** px, of the columns that the reader has made wider or narrower */
  widths: ReadonlyMap<string, number>;
  /** id of the run that the others are compared with; empty for none */
  baseline: string;
  /** runs whose eye is closed, as in the workspace */
  closed: ReadonlySet<number>;
  /** runs that are ticked */
  selected: ReadonlySet<number>;
}

const MOST_IDS = 24;
const NONE: ReadonlySet<number> = new Set();

function listField(otherwise: readonly string[]): FieldCodec<string[]> {
  const usual = joinNames(otherwise);
  return {
    write: (keys) => {
      const text = joinNames(keys);
      return text === usual ? null : text;
    },
    read: (text) => splitNames(text),
  };
}

const widthsField: FieldCodec<ReadonlyMap<string, number>> = {
  write: (widths) => (widths.size ? joinNames([...widths].map(([key, width]) => `${key}:${width}`)) : null),
  read: (text) =>
    new Map(
      splitNames(text).flatMap((part): [string, number][] => {
        const [, key = "", width = ""] = /^(.+):(\d{2,4})$/.exec(part) ?? [];
        return key ? [[key, Number(width)]] : [];
      }),
    ),
};

/** Ticked runs by their ids, or by their numbers when they are many. */
function selectedField(data: RunsData): FieldCodec<ReadonlySet<number>> {
  const places = new Map(data.ids.map((id, run) => [id, run]));
  return {
    write(selected) {
      if (!selected.size) return null;
      const runs = [...selected].sort((a, b) => a - b);
      return runs.length > MOST_IDS ? `numbers.${writeRanges(runs)}` : joinNames(runs.map((run) => data.ids[run] ?? ""));
    },
    read(text) {
      if (text.startsWith("numbers.")) return new Set(readRanges(text.slice("numbers.".length), data.ids.length));
      return new Set(splitNames(text).flatMap((id) => places.get(id) ?? []));
    },
  };
}

/** The state of a table as its page asks for it. */
export function firstState(options: TableOptions, closed: ReadonlySet<number> = NONE): TableState {
  return {
    filter: options.filter ?? "",
    sort: (options.sort ?? []).map(readSortKey),
    group: options.group ? [options.group] : [],
    folded: false,
    columns: null,
    differing: false,
    heat: [],
    pinned: [],
    widths: new Map(),
    baseline: "",
    closed,
    selected: NONE,
  };
}

/** How each field stands in the address; what the page asks for goes without saying. */
export function stateCodec(first: TableState, data: RunsData, options: TableOptions): Codec<TableState> {
  const sort = listField(first.sort.map(writeSortKey));
  return {
    filter: textField(first.filter),
    sort: {
      write: (keys) => sort.write(keys.map(writeSortKey)),
      read: (text) => sort.read(text)?.map(readSortKey),
    },
    group: listField(first.group),
    folded: switchField,
    columns: columnsField(data, options),
    differing: switchField,
    heat: listField([]),
    pinned: { ...listField([]), name: "pin" },
    widths: widthsField,
    baseline: textField<string>(""),
    closed: runsField(data),
    selected: selectedField(data),
  };
}
