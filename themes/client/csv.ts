/** Fields of CSV. */

// Spreadsheets run a cell that begins like this as a formula, and names and notes are anybody's text.
const FORMULA = /^[=+\-@\t\r]/;

/** A value as a field of a line: text is made safe and quoted where it must be, numbers are as they are. */
export function csvField(value: string | number): string {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
