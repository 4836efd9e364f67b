/** The rows of a logged table that are shown, and their order. */
import { csvText } from "../csv";
import type { TableCell } from "../types";

/** How a reader wants a table: the column that it is sorted by, -1 for none; and which rows. */
export interface TableState {
  sort: number;
  down: boolean;
  filter: string;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Compares cells' texts: numbers by size, texts as people would, empty ones last. */
export function compareTexts(left: string, right: string): number {
  if (left === "" || right === "") return Number(left === "") - Number(right === "");
  const a = Number(left);
  const b = Number(right);
  return Number.isNaN(a) || Number.isNaN(b) ? collator.compare(left, right) : a - b;
}

type Test = (row: readonly string[]) => boolean;

const TERM = /(?:"([^"]*)"|([^\s"<>=!~]+))\s*(<=|>=|!=|=|<|>)\s*(?:"([^"]*)"|([^\s"]+))|"([^"]*)"|(\S+)/g;

const COMPARED: Record<string, (order: number) => boolean> = {
  "<": (order) => order < 0,
  ">": (order) => order > 0,
  "<=": (order) => order <= 0,
  ">=": (order) => order >= 0,
  "=": (order) => order === 0,
  "!=": (order) => order !== 0,
};

/**
 * What a filter asks of a row: words that must be in some cell, and comparisons of a column, `score > 0.5` or `"true class" = 3`;
 * all must hold. What names no column is words like any other.
 */
export function rowTest(filter: string, columns: readonly string[]): Test {
  const places = new Map(columns.map((name, place) => [name.toLowerCase(), place]));
  const tests: Test[] = [];
  for (const [whole, quotedName, name, operator = "", quotedValue, value, quoted, word] of filter.matchAll(TERM)) {
    const place = places.get((quotedName ?? name ?? "").toLowerCase());
    const compared = COMPARED[operator];
    const wanted = quotedValue ?? value ?? "";
    if (compared && place !== undefined) {
      tests.push((row) => row[place] !== "" && row[place] !== undefined && compared(compareTexts(row[place] as string, wanted)));
    } else {
      const words = (quoted ?? word ?? whole).toLowerCase();
      tests.push((row) => row.some((cell) => cell.toLowerCase().includes(words)));
    }
  }
  return (row) => tests.every((test) => test(row));
}

/** The numbers of the rows that are shown, in their order; `texts` has every row's cells as text. */
export function shownRows(texts: readonly (readonly string[])[], columns: readonly string[], { sort, down, filter }: TableState): number[] {
  const passes = rowTest(filter, columns);
  const rows = texts.flatMap((row, index) => (passes(row) ? [index] : []));
  if (sort < 0) return rows;
  const text = (row: number) => texts[row]?.[sort] ?? "";
  return rows.sort((a, b) => {
    const order = compareTexts(text(a), text(b));
    const empty = text(a) === "" || text(b) === "";
    return (down && !empty ? -order : order) || a - b;
  });
}

/** Rows as CSV, with full values; of media their words. */
export function rowsCsv(columns: readonly string[], rows: readonly (readonly TableCell[])[], text: (cell: TableCell) => string): string {
  return csvText([columns, ...rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell : text(cell))))]);
}
