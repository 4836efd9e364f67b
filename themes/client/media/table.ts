/** A logged table: sorted, filtered and downloaded by its reader; only the rows in sight are elements. */
import { button, element } from "../elements";
import type { TableCell, TablePayload } from "../types";
import { cellText, mediumElement, shownText } from "./figure";
import type { Site } from "./site";
import { type TableState, rowsCsv, shownRows } from "./table_rows";

/** Heights of a row in px: of text, and with media in it. css/media-table.css has the same. */
const TEXT_ROW = 29;
const MEDIA_ROW = 97;
const BEYOND = 8;
/** The most that the style sheet lets a table be high. */
const TALLEST = 420;

/** The places of the rows that are in sight or nearly. */
export function windowOf(top: number, height: number, row: number, count: number): [number, number] {
  const first = Math.max(0, Math.floor(top / row) - BEYOND);
  return [Math.min(first, count), Math.min(count, Math.ceil((top + height) / row) + BEYOND)];
}

function saveCsv(name: string, text: string): void {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: `${name}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function cellElement(cell: TableCell, site: Site): HTMLElement {
  const isNumber = typeof cell === "number";
  const content = typeof cell === "object" && cell !== null ? mediumElement(cell, site) : shownText(cell);
  return element("td", { class: isNumber ? "number" : null }, element("div", { class: "logged-cell", title: cell === null ? null : cellText(cell) || null }, content));
}

function spacer(rows: number, height: number): HTMLElement {
  const made = element("tr", { class: "logged-spacer", "aria-hidden": "true" });
  made.style.height = `${rows * height}px`;
  return made;
}

/** Draws a table in a host, as its reader left it at another step. Returns how to remove it. */
export function loggedTable(host: HTMLElement, payload: TablePayload, state: TableState, site: Site): () => void {
  const words = [...host.childNodes];
  const { columns } = payload;
  const rows = payload.rows.slice(0, Number(host.dataset["count"]));
  const texts = rows.map((row) => row.map(cellText));
  const hasMedia = rows.some((row) => row.some((cell) => typeof cell === "object" && cell !== null && !("what" in cell)));
  const height = hasMedia ? MEDIA_ROW : TEXT_ROW;
  let shown: number[] = [];

  const filter = element("input", {
    type: "search",
    class: "input",
    placeholder: "Filter rows",
    "aria-label": "Filter rows",
    title: 'Words that a row has, and comparisons: score > 0.5, "true class" = 3',
    value: state.filter,
  });
  const count = element("output", { class: "logged-count" });
  const key = host.closest<HTMLElement>("figure")?.dataset["key"] ?? "table";
  const save = button("CSV", "CSV", () => saveCsv(key.replace(/[^\w.-]+/g, "-"), rowsCsv(columns, shown.map((row) => rows[row] ?? []), cellText)));
  save.className = "button";
  save.title = "Download these rows";

  const heads = columns.map((name, index) => {
    const sorter = button(name, name, () => sortBy(index));
    sorter.className = "sort-button";
    const isNumber = rows.some((row) => typeof row[index] === "number");
    return element("th", { scope: "col", class: isNumber ? "number" : null }, sorter);
  });
  const body = element("tbody");
  const table = element("table", { class: hasMedia ? "table table-media" : "table", "aria-rowcount": rows.length + 1 }, element("thead", {}, element("tr", {}, ...heads)), body);
  const scroller = element("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": `Table ${key}` }, table);
  let drawn = "";

  function drawRows(): void {
    const [first, end] = windowOf(scroller.scrollTop, TALLEST, height, shown.length);
    const now = `${first}-${end}`;
    if (now === drawn) return;
    drawn = now;
    const made = shown.slice(first, end).map((row, place) => element("tr", { "aria-rowindex": first + place + 2 }, ...(rows[row] ?? []).map((cell) => cellElement(cell, site))));
    body.replaceChildren(spacer(first, height), ...made, spacer(shown.length - end, height));
    // Columns that are as wide as what is in sight would move while scrolling; they only grow.
    for (const head of heads) head.style.minWidth = `${Math.max(parseFloat(head.style.minWidth) || 0, head.offsetWidth)}px`;
  }
  function refresh(): void {
    shown = shownRows(texts, columns, state);
    heads.forEach((head, index) => {
      if (index === state.sort) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    const all = `${rows.length.toLocaleString("en")} row${rows.length === 1 ? "" : "s"}`;
    count.textContent = shown.length < rows.length ? `${shown.length.toLocaleString("en")} of ${all}` : all;
    drawn = "";
    drawRows();
  }
  function sortBy(index: number): void {
    if (state.sort !== index) Object.assign(state, { sort: index, down: false });
    else if (!state.down) state.down = true;
    else Object.assign(state, { sort: -1, down: false });
    refresh();
  }

  filter.addEventListener("input", () => {
    state.filter = filter.value;
    scroller.scrollTop = 0;
    refresh();
  });
  scroller.addEventListener("scroll", drawRows, { passive: true });
  host.replaceChildren(element("div", { class: "logged-bar" }, filter, count, save), scroller);
  refresh();
  return () => host.replaceChildren(...words);
}
