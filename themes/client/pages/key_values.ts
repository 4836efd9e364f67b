/** Key-value tables: `<rg-filter>` narrows one down, keys with a common beginning fold, values can be copied. */
import { element } from "../elements";
import { icon } from "../icons";
import { foldsOf } from "./folds";

interface Row {
  path: string;
  element: HTMLTableRowElement;
}

function rowsOf(table: HTMLTableElement): Row[] {
  return [...table.querySelectorAll<HTMLTableRowElement>("tr[data-path]")].map((row) => ({
    path: row.dataset["path"] ?? "",
    element: row,
  }));
}

/** Puts a head over the rows of each fold and shortens their keys to what is new in them. */
function fold(table: HTMLTableElement): void {
  const rows = rowsOf(table);
  const folds = foldsOf(rows.map((row) => row.path));
  const closed = new Set<string>();
  const prefixesOf = (path: string) => [...folds.keys()].filter((prefix) => path.startsWith(`${prefix}.`));

  const update = () => {
    for (const row of table.querySelectorAll<HTMLTableRowElement>("tr")) {
      const path = row.dataset["path"] ?? row.dataset["fold"] ?? "";
      row.toggleAttribute("data-folded", prefixesOf(path).some((prefix) => closed.has(prefix)));
    }
  };

  for (const [prefix, keys] of folds) {
    const first = rows.find((row) => row.path === keys[0]);
    const toggle = element("button", { type: "button", class: "fold", "aria-expanded": "true" });
    const outer = prefixesOf(prefix);
    toggle.append(icon("chevronRight"), prefix.slice(longest(outer)));
    toggle.addEventListener("click", () => {
      if (!closed.delete(prefix)) closed.add(prefix);
      toggle.setAttribute("aria-expanded", String(!closed.has(prefix)));
      update();
    });
    const head = element("th", { scope: "rowgroup" }, toggle);
    const line = element("tr", { "data-fold": prefix, "data-depth": outer.length }, head, element("td", { class: "count" }, String(keys.length)));
    first?.element.before(line);
  }
  for (const row of rows) {
    const prefixes = prefixesOf(row.path);
    const head = row.element.querySelector("th");
    if (!head || !prefixes.length) continue;
    row.element.dataset["depth"] = String(prefixes.length);
    head.title = row.path;
    head.textContent = row.path.slice(longest(prefixes));
  }
}

function longest(prefixes: readonly string[]): number {
  return prefixes.reduce((most, prefix) => Math.max(most, prefix.length + 1), 0);
}

/** Shows the rows whose key or value contains the words, and the heads of folds that have such a row. */
function filterRows(table: HTMLTableElement, words: string): void {
  const needle = words.trim().toLowerCase();
  const shown: string[] = [];
  for (const { path, element: row } of rowsOf(table)) {
    const value = row.querySelector("td")?.textContent ?? "";
    const matches = !needle || `${path} ${value}`.toLowerCase().includes(needle);
    row.hidden = !matches;
    if (matches) shown.push(path);
  }
  for (const head of table.querySelectorAll<HTMLTableRowElement>("tr[data-fold]")) {
    head.hidden = !shown.some((path) => path.startsWith(`${head.dataset["fold"]}.`));
  }
}

class FilterElement extends HTMLElement {
  connectedCallback(): void {
    const table = document.getElementById(this.dataset["for"] ?? "");
    if (this.firstChild || !(table instanceof HTMLTableElement)) return;
    const label = this.dataset["label"] ?? "Filter";
    const input = element("input", { class: "input", type: "search", placeholder: "Filter", "aria-label": label });
    input.addEventListener("input", () => filterRows(table, input.value));
    const box = element("div", { class: "search-box" });
    box.append(icon("search"), input);
    this.append(box);
  }
}

/** One copy button for a table, which follows the pointer from value to value. */
function offerCopy(table: HTMLTableElement): void {
  const copyIcon = element("span", { class: "icon icon-copy", "aria-hidden": "true" });
  const copy = element("button", { type: "button", class: "icon-button copy", title: "Copy value", "aria-label": "Copy value" }, copyIcon);
  const follow = (event: Event) => {
    const cell = (event.target as Element).closest("tr")?.querySelector<HTMLElement>("td[data-full]");
    if (!cell || copy.parentElement === cell) return;
    copy.dataset["copy"] = cell.dataset["full"] ?? "";
    cell.append(copy);
  };
  table.addEventListener("pointerover", follow);
}

/** The rows as lines, nested keys in full: what a person pastes into an issue or a table. */
export function asLines(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([path, value]) => `${path}: ${value}`).join("\n");
}

/** A button in the head of a table that copies all of it. */
function offerCopyOfAll(table: HTMLTableElement): void {
  const head = table.closest(".key-values-block")?.querySelector("header");
  const title = head?.querySelector("h3") ?? table.closest("details")?.querySelector("h3");
  const rows = rowsOf(table).map(({ path, element: row }) => [path, row.querySelector<HTMLElement>("td")?.dataset["full"] ?? ""] as const);
  if (!head || rows.length < 2) return;
  const what = `Copy ${(title?.firstChild?.textContent ?? "all").trim().toLowerCase()}`;
  const copyIcon = element("span", { class: "icon icon-copy", "aria-hidden": "true" });
  head.append(element("button", { type: "button", class: "icon-button", title: what, "aria-label": what, "data-copy": asLines(rows) }, copyIcon));
}

customElements.define("rg-filter", FilterElement);
for (const table of document.querySelectorAll<HTMLTableElement>("table.key-values")) {
  fold(table);
  offerCopy(table);
  offerCopyOfAll(table);
}
