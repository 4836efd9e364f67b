/** A saved file as the page shows it. Whatever is in it becomes text nodes. */
import { element } from "../elements";
import { csvRows } from "./csv";

const MOST_ROWS = 200;

/** JSON with indents; what is none stays as it is. */
export function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function lines(text: string): HTMLElement {
  const code = element("div", { class: "preview-text", tabindex: 0, role: "region", "aria-label": "Text of the file" });
  text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, at) => {
    code.append(element("div", { class: "preview-line", "data-line": at + 1 }, element("span", {}, line)));
  });
  return code;
}

function table(text: string, separator: string): HTMLElement {
  const { rows, more } = csvRows(text, separator, MOST_ROWS + 1);
  const [head = [], ...body] = rows;
  const isNumber = head.map((_, place) => body.length > 0 && body.every((row) => !row[place] || Number.isFinite(Number(row[place]))));
  const cell = (tag: "th" | "td") => (content: string, place: number) =>
    element(tag, { class: isNumber[place] ? "number" : null, scope: tag === "th" ? "col" : null, title: content.length > 40 ? content : null }, content);
  const drawn = element(
    "table",
    { class: "table" },
    element("thead", {}, element("tr", {}, ...head.map(cell("th")))),
    element("tbody", {}, ...body.map((row) => element("tr", {}, ...row.map(cell("td"))))),
  );
  const scroll = element("div", { class: "table-scroll preview-table", tabindex: 0, role: "region", "aria-label": "Table in the file" }, drawn);
  return element("div", {}, scroll, more ? element("p", { class: "table-note" }, `The first ${MOST_ROWS} rows.`) : null);
}

/** The preview of a text: `kind` is text, json or table. */
export function previewOf(kind: string, path: string, text: string): HTMLElement {
  if (kind === "table") return table(text, /\.tsv$/i.test(path) ? "\t" : ",");
  return lines(kind === "json" ? indented(text) : text);
}
