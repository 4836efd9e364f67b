/** The rows that are shown as text: Markdown to paste, CSV for other programs. */
import { csvText } from "../csv";
import { plainText } from "../table/columns";
import { type Row, isBest, valueText } from "./rows";

function markdownCell(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, "\\$&").replace(/\s*[\r\n]+\s*/g, " ");
}

/** A table of Markdown as GitHub reads it; the best value of a row is bold. */
export function rowsMarkdown(names: readonly string[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const head = ["", ...names.map((name, place) => markdownCell(place ? name : `${name} (baseline)`))];
  const body = rows.map((row) => {
    const values = row.values.map((_, place) => {
      const text = markdownCell(valueText(row, place));
      return isBest(row, place) ? `**${text}**` : text;
    });
    return line([`\`${row.key.replace(/`/g, "'").replace(/\|/g, "\\|")}\``, ...values]);
  });
  const rule = line(["---", ...names.map((_, place) => (rows.every(({ values }) => typeof values[place] === "number") ? "---:" : "---"))]);
  return `${[line(head), rule, ...body].join("\n")}\n`;
}

/** The same with full values. */
export function rowsCsv(names: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map((row) => [row.key, ...row.values.map((value) => (typeof value === "number" ? value : plainText(value)))]);
  return csvText([["key", ...names], ...lines]);
}
