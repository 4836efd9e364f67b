/** What a table shows, as CSV. */
import type { Column, RunsData } from "../types";
import { plainText } from "./columns";

// Spreadsheets run a cell that begins like this as a formula, and names and notes are anybody's text.
const FORMULA = /^[=+\-@\t\r]/;

function field(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** The cells of some runs in some columns, with full values; the first line has the columns' keys. */
export function tableCsv(data: RunsData, columns: readonly Column[], runs: readonly number[]): string {
  const head = ["id", ...columns.map((column) => column.key)];
  const rows = runs.map((run) => [
    field(safe(data.ids[run] ?? "")),
    ...columns.map((column) => {
      const cell = column.values[run];
      return field(typeof cell === "string" || Array.isArray(cell) ? safe(plainText(cell)) : plainText(cell));
    }),
  ]);
  return [head.map((key) => field(safe(key))), ...rows].map((row) => row.join(",")).join("\r\n") + "\r\n";
}

function safe(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
