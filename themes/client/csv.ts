/** CSV as RFC 4180 has it. */

export type CsvValue = string | number | null | undefined;

// Spreadsheets run a cell that begins like this as a formula, and names and notes are anybody's text.
const FORMULA = /^[=+\-@\t\r]/;

function field(value: CsvValue): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Rows as CSV: text is made safe and quoted where it must be, numbers are as they are, NaN and nothing are empty. */
export function csvText(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}
