/** The data behind a panel: as a table in the page, and as CSV. */
import { csvText } from "../../csv";
import { element } from "../../elements";
import { formatNumber } from "../../format";

export type Entry = string | number | null;

export interface Table {
  columns: readonly string[];
  rows: readonly (readonly Entry[])[];
}

const MOST_ROWS = 500;
/** All rows with full values. */
export function tableCsv({ columns, rows }: Table): string {
  return csvText([columns, ...rows]);
}

function cellText(entry: Entry): string {
  if (entry === null) return "";
  if (typeof entry === "string") return entry;
  return Number.isNaN(entry) ? "" : formatNumber(entry, 5);
}

/** The first rows as an element. */
export function tableElement({ columns, rows }: Table, title: string): HTMLElement {
  const body = rows.slice(0, MOST_ROWS).map(([first = "", ...rest]) =>
    element("tr", {}, element("th", { scope: "row" }, cellText(first)), ...rest.map((entry) => element("td", {}, cellText(entry)))),
  );
  const left = rows.length - MOST_ROWS;
  if (left > 0) body.push(element("tr", {}, element("td", { colspan: columns.length }, `and ${left} more, in the CSV`)));
  const head = element("tr", {}, ...columns.map((column) => element("th", { scope: "col" }, column)));
  return element("table", {}, element("caption", { class: "visually-hidden" }, title), element("thead", {}, head), element("tbody", {}, ...body));
}
