/** What is drawn, to take away: a picture, the numbers as CSV, a table in the page. */
import { lowerBound, upperBound } from "../chart/plane";
import type { DrawnLine, Scene } from "../chart/plot";
import { xText } from "../chart/tooltip";
import { type CsvValue, csvText } from "../csv";
import { element } from "../elements";
import { formatNumber } from "../format";

function isPlain(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** The names under which some row has a plain value. */
function plainHeads(rows: readonly object[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.entries(row).flatMap(([name, value]) => (isPlain(value) ? [name] : []))))];
}

/** Rows of a chart of the build: what of them is a number or a word. */
export function rowsCsv(rows: readonly object[]): string {
  const heads = plainHeads(rows);
  const cell = (value: unknown): CsvValue => (typeof value === "number" ? value : isPlain(value) ? String(value ?? "") : null);
  return csvText([heads, ...rows.map((row) => heads.map((head) => cell((row as Record<string, unknown>)[head])))]);
}

const MOST_ROWS = 500;

/** The same for a reader: what the tooltip says of each row, where there is one for all of them. */
export function rowsTable(rows: readonly object[], title: string): HTMLElement {
  const tips = rows.map((row) => (row as { tip?: unknown }).tip);
  const shown = tips.every((tip) => typeof tip === "object" && tip !== null) ? (tips as object[]) : rows;
  const heads = plainHeads(shown);
  const text = (value: unknown) => (typeof value === "number" ? formatNumber(value, 5) : isPlain(value) ? String(value ?? "") : "");
  const cells = (row: object) => heads.map((head) => element("td", {}, text((row as Record<string, unknown>)[head])));
  const body = shown.slice(0, MOST_ROWS).map((row) => element("tr", {}, ...cells(row)));
  const more = shown.length > MOST_ROWS ? `, the first ${MOST_ROWS} of ${shown.length.toLocaleString("en")} rows; the CSV has all` : "";
  const caption = element("caption", { class: more ? null : "visually-hidden" }, `${title}${more}`);
  const head = element("tr", {}, ...heads.map((name) => element("th", { scope: "col" }, name)));
  return element("table", {}, caption, element("thead", {}, head), element("tbody", {}, ...body));
}

/** The visible part of a line as indices of its entries. */
function range({ entries }: DrawnLine, scene: Scene): [number, number] {
  return [lowerBound(entries.x, scene.x[0]), upperBound(entries.x, scene.x[1])];
}

/** Every drawn entry: line, x, last, and min, max and the smoothed value where there are any; of groups also how many runs. */
export function sceneCsv(scene: Scene): string {
  const x = scene.xName || scene.axis;
  const grouped = scene.lines.some(({ group }) => group);
  const head = grouped ? ["line", x, "center", "low", "high", "smoothed", "runs"] : ["line", x, "last", "min", "max", "smoothed"];
  const rows: CsvValue[][] = [head];
  for (const line of scene.lines) {
    const { entries, smooth, group } = line;
    const [from, end] = range(line, scene);
    for (let index = from; index < end; index += 1) {
      const columns = [entries.x, entries.last, entries.min, entries.max, smooth, ...(group ? [group.count] : [])];
      rows.push([line.name, ...columns.map((column) => column?.[index])]);
    }
  }
  return csvText(rows);
}

/** One row for each line: how many entries, first and last x, least, greatest and last value. */
export function sceneTable(scene: Scene, title: string): HTMLElement {
  const rows = scene.lines.map((line) => {
    const [from, end] = range(line, scene);
    const { entries } = line;
    const part = (column: Float64Array) => [...column.subarray(from, end)].filter((value) => !Number.isNaN(value));
    const last = part(entries.last);
    const numbers = [Math.min(...part(entries.min ?? entries.last)), Math.max(...part(entries.max ?? entries.last)), last[last.length - 1] ?? NaN];
    const ends = end > from ? [entries.x[from] as number, entries.x[end - 1] as number].map((x) => xText(scene, x)) : ["", ""];
    const cells = [String(end - from), ...ends, ...numbers.map((value) => (Number.isFinite(value) ? formatNumber(value, 5) : ""))];
    return element("tr", {}, element("th", { scope: "row" }, line.name), ...cells.map((text) => element("td", {}, text)));
  });
  const heads = ["line", "points", "from", "to", "least", "greatest", "last"];
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
  return element("table", {}, element("caption", { class: "visually-hidden" }, title), element("thead", {}, head), element("tbody", {}, ...rows));
}

/** A file name from a title; `otherwise` when the title has nothing for one. */
export function fileName(title: string, extension: string, otherwise = "chart"): string {
  return `${title.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|-+$/g, "") || otherwise}.${extension}`;
}

/** Gives a file to the reader. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  element("a", { href: url, download: name }).click();
  // The browser reads the file after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
