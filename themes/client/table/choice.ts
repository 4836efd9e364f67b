/** Which columns a runs table shows: its own choice, what a reader makes of it, and the short text of that. */
import type { FieldCodec } from "../store";
import type { Column, RunsData, TableOptions } from "../types";
import { joinNames, splitNames } from "../names";
import { differs, isMetric } from "./columns";

const ALWAYS_FIRST = ["name", "state"];
const RUNS_PAGE = [...ALWAYS_FIRST, "tags", "started", "duration"];
const UNASKED = new Set(["notes", "group", "job_type", "rows"]);
const EVERY = "*";

const chosen = new WeakMap<RunsData, WeakMap<TableOptions, string[]>>();

/** The columns that a table shows before its reader has chosen any. */
export function defaultColumns(data: RunsData, options: TableOptions): string[] {
  const known = chosen.get(data) ?? new WeakMap<TableOptions, string[]>();
  chosen.set(data, known);
  let keys = known.get(options);
  if (!keys) known.set(options, (keys = ownChoice(data, options)));
  return keys;
}

function ownChoice(data: RunsData, options: TableOptions): string[] {
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

/**
 * The columns chosen, in the address: what was added to the table's own choice and taken from it (`+config.seed,-tags`, `+*` for
 * all that are left), which stays short with hundreds of columns, or every key when they stand in another order.
 */
export function columnsField(data: RunsData, options: TableOptions): FieldCodec<string[] | null> {
  const others = (keys: readonly string[]) => {
    const shown = new Set(keys);
    return data.columns.flatMap(({ key }) => (shown.has(key) ? [] : key));
  };
  const changed = (tokens: readonly string[]): string[] => {
    const away = new Set(tokens.flatMap((token) => (token.startsWith("-") ? token.slice(1) : [])));
    const added = tokens.flatMap((token) => (token.startsWith("+") && token !== `+${EVERY}` ? token.slice(1) : []));
    const usual = defaultColumns(data, options);
    const rest = tokens.includes(`+${EVERY}`) ? others([...usual, ...added]) : [];
    return [...usual, ...added, ...rest].filter((key) => !away.has(key));
  };
  return {
    write(keys) {
      if (!keys) return null;
      const usual = defaultColumns(data, options);
      const shown = new Set(keys);
      const away = usual.filter((key) => !shown.has(key)).map((key) => `-${key}`);
      const added = keys.filter((key) => !usual.includes(key)).map((key) => `+${key}`);
      const absent = others(keys).filter((key) => !usual.includes(key)).map((key) => `-${key}`);
      const texts = [keys, [...added, ...away], [`+${EVERY}`, ...away, ...absent]]
        .filter((tokens, index) => index === 0 || (tokens.length && changed(tokens).join("\n") === keys.join("\n")))
        .map(joinNames);
      return texts.reduce((shortest, text) => (text.length < shortest.length ? text : shortest));
    },
    read(text) {
      const tokens = splitNames(text);
      return tokens.length && tokens.every((token) => /^[-+]/.test(token)) ? changed(tokens) : tokens;
    },
  };
}
