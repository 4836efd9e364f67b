/** What a reader has chosen in a runs table, and how it stands in the address. */
import { switchField, textField, type Codec, type FieldCodec } from "../store";
import type { Column, RunsData, TableOptions } from "../types";
import { differs, isMetric } from "./columns";
import { readSortKey, writeSortKey, type SortKey } from "./sort";

export interface TableState {
  filter: string;
  sort: SortKey[];
  /** key of a column; empty for none */
  group: string;
  /** keys in order; null for the table's own choice */
  columns: string[] | null;
  /** only columns in which the runs differ */
  differing: boolean;
  /** keys of columns with bars behind their numbers */
  bars: string[];
}

const ALWAYS_FIRST = ["name", "state"];
const RUNS_PAGE = [...ALWAYS_FIRST, "tags", "started", "duration"];
const UNASKED = new Set(["notes", "group", "job_type", "rows"]);

function listField(otherwise: readonly string[]): FieldCodec<string[]> {
  const usual = writeList(otherwise);
  return {
    write: (keys) => {
      const text = writeList(keys);
      return text === usual ? null : text;
    },
    read: (text) => readList(text),
  };
}

/** Keys with commas between them; those inside of a key are escaped. */
function writeList(keys: readonly string[]): string {
  return keys.map((key) => key.replace(/[%,]/g, encodeURIComponent)).join(",");
}

function readList(text: string): string[] | undefined {
  try {
    return text ? text.split(",").map(decodeURIComponent) : [];
  } catch {
    // A "%" that stands for nothing: somebody else's address.
    return undefined;
  }
}

/** The state of a table as its page asks for it. */
export function firstState(options: TableOptions): TableState {
  return {
    filter: options.filter ?? "",
    sort: (options.sort ?? []).map(readSortKey),
    group: options.group ?? "",
    columns: null,
    differing: false,
    bars: [],
  };
}

/** How each field stands in the address; what the page asks for goes without saying. */
export function stateCodec(first: TableState): Codec<TableState> {
  const sort = listField(first.sort.map(writeSortKey));
  const columns = listField([]);
  return {
    filter: textField(first.filter),
    sort: {
      write: (keys) => sort.write(keys.map(writeSortKey)),
      read: (text) => sort.read(text)?.map(readSortKey),
    },
    group: textField(first.group),
    columns: {
      write: (keys) => (keys ? writeList(keys) : null),
      read: (text) => columns.read(text),
    },
    differing: switchField,
    bars: listField([]),
  };
}

/** The columns that a table shows before its reader has chosen any. */
export function defaultColumns(data: RunsData, options: TableOptions): string[] {
  const known = new Set(data.columns.map((column) => column.key));
  const runs = data.ids.map((_, index) => index);
  const telling = data.columns.filter((column) => isTelling(column) && (column.group !== "config" || differs(column, runs)));
  // Results first: a reader should not have to scroll past counters to the accuracy.
  const ordered = [...telling.filter((column) => !isResult(column)), ...telling.filter(isResult).sort(byTelling)];
  const asked = options.columns?.length ? options.columns : ordered.map((column) => column.key);
  const first = options.url ? RUNS_PAGE : asked.includes("name") ? [] : ["name"];
  return [...new Set([...first, ...asked])].filter((key) => known.has(key));
}

function isResult(column: Column): boolean {
  return column.group === "summary";
}

function byTelling(left: Column, right: Column): number {
  return Number(isMetric(right)) - Number(isMetric(left));
}

/** Not the runner's own counters, and not what names or repeats other columns. */
function isTelling(column: Column): boolean {
  return !UNASKED.has(column.key) && !column.key.startsWith("summary._");
}

/** Keys with one moved before another (or to the end), its order otherwise kept. */
export function movedKey(keys: readonly string[], key: string, before: string | null): string[] {
  const rest = keys.filter((one) => one !== key);
  const place = before === null ? rest.length : rest.indexOf(before);
  return place < 0 ? [...keys] : [...rest.slice(0, place), key, ...rest.slice(place)];
}
