/** What a table shows, to take away: CSV, JSON, Markdown. Full values for programs, those of the cells for people. */
import { csvText } from "../csv";
import type { Column, RunsData } from "../types";
import { cellText, isNumeric, plainText } from "./columns";

/** The cells of some runs in some columns, with full values; the first line has the columns' keys. */
export function tableCsv(data: RunsData, columns: readonly Column[], runs: readonly number[]): string {
  const rows = runs.map((run) => [data.ids[run], ...columns.map(({ values }) => (typeof values[run] === "number" ? values[run] : plainText(values[run])))]);
  return csvText([["id", ...columns.map(({ key }) => key)], ...rows]);
}

/** The same as a list of objects, a run on each line; a cell with nothing in it is null. */
export function tableJson(data: RunsData, columns: readonly Column[], runs: readonly number[]): string {
  const rows = runs.map((run) => {
    const cells = columns.map((column): [string, unknown] => [column.key, column.values[run] ?? null]);
    return JSON.stringify(Object.fromEntries([["id", data.ids[run] ?? ""], ...cells]));
  });
  return `[\n${rows.join(",\n")}\n]\n`;
}

function markdownCell(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, "\\$&").replace(/\s*[\r\n]+\s*/g, " ");
}

/** A Markdown table as it is seen, numbers at the right. */
export function tableMarkdown(data: RunsData, columns: readonly Column[], runs: readonly number[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const text = (column: Column, run: number) => {
    const shown = cellText(column, column.values[run]);
    return column.key === "name" ? shown || (data.ids[run] ?? "") : shown;
  };
  return [
    row(columns.map(({ label }) => markdownCell(label))),
    row(columns.map((column) => (isNumeric(column) ? "---:" : "---"))),
    ...runs.map((run) => row(columns.map((column) => markdownCell(text(column, run))))),
    "",
  ].join("\n");
}
