/** The table of values: head and keys stay in sight, nested keys fold, the best value of a row is marked. */
import { pageUrl } from "../data";
import { element } from "../elements";
import { icon } from "../icons";
import { foldsOf } from "../pages/folds";
import { plainText } from "../table/columns";
import type { CompareContext } from "./context";
import { runMark } from "./picker";
import { type Row, deltaOf, isBest, valueText, valueTitle } from "./rows";

/** A text of more characters is cut after some lines; hovering shows all of it. */
const LONG = 200;

function headRow({ names, runs }: CompareContext, chosen: readonly number[]): HTMLElement {
  const heads = chosen.map((run, place) =>
    element(
      "th",
      { scope: "col" },
      runMark(run),
      element("a", { href: pageUrl(runs.urls[run] ?? ""), class: "run-name" }, names[run] ?? ""),
      place === 0 ? element("span", { class: "visually-hidden" }, " (baseline)") : null,
    ),
  );
  return element("tr", {}, element("td", { class: "compare-corner" }), ...heads);
}

function cell(row: Row, place: number): HTMLElement {
  const text = valueText(row, place);
  const isNumber = typeof row.values[place] === "number";
  const classes = ["compare-value", isNumber ? "number" : "", isBest(row, place) ? "cell-best" : ""];
  if (place > 0 && plainText(row.values[place]) === plainText(row.values[0])) classes.push("as-baseline");
  if (text.length > LONG) classes.push("long");
  const delta = deltaOf(row, place);
  const title = valueTitle(row, place);
  return element(
    "td",
    { class: classes.filter(Boolean).join(" "), title: title === text && text.length <= LONG ? null : title },
    text === "" ? element("span", { class: "empty", "aria-label": "nothing" }, "—") : element("span", { class: "value-text" }, text),
    isBest(row, place) ? element("span", { class: "visually-hidden" }, " best") : null,
    delta ? element("span", { class: "delta", title: delta.title }, delta.text) : null,
  );
}

/** Head of the rows below a nested key. */
function foldRow(label: string, count: number, depth: number, columns: number, toggle: () => void, open: boolean): HTMLElement {
  const press = element("button", { type: "button", class: "fold", "aria-expanded": String(open) }, icon("chevronRight"), label);
  press.addEventListener("click", toggle);
  const head = element("th", { scope: "rowgroup", "data-depth": depth }, press, element("span", { class: "count" }, String(count)));
  return element("tr", { class: "compare-fold" }, head, element("td", { colspan: columns }));
}

function groupBody(group: string, rows: readonly Row[], columns: number, closed: Set<string>, changed: () => void): HTMLElement {
  const body = element("tbody", {}, element("tr", { class: "compare-group" }, element("th", { scope: "rowgroup" }, group), element("td", { colspan: columns })));
  const folds = foldsOf(rows.map(({ label }) => label));
  const isFoldable = group === "Config" || group === "Summary";
  const begun = new Set<string>();
  for (const row of rows) {
    const prefixes = isFoldable ? [...folds.keys()].filter((prefix) => row.label.startsWith(`${prefix}.`)).sort((a, b) => a.length - b.length) : [];
    prefixes.forEach((prefix, depth) => {
      if (begun.has(prefix)) return;
      begun.add(prefix);
      if (prefixes.slice(0, depth).some((outer) => closed.has(`${group}.${outer}`))) return;
      const key = `${group}.${prefix}`;
      const toggle = () => {
        if (!closed.delete(key)) closed.add(key);
        changed();
      };
      const outer = prefixes[depth - 1];
      body.append(foldRow(outer ? prefix.slice(outer.length + 1) : prefix, folds.get(prefix)?.length ?? 0, depth, columns, toggle, !closed.has(key)));
    });
    if (prefixes.some((prefix) => closed.has(`${group}.${prefix}`))) continue;
    const longest = prefixes[prefixes.length - 1];
    const label = longest ? row.label.slice(longest.length + 1) : row.label;
    const head = element("th", { scope: "row", "data-depth": prefixes.length, title: row.key }, label);
    body.append(element("tr", { "data-key": row.key }, head, ...row.values.map((_, place) => cell(row, place))));
  }
  return body;
}

/** The table of some rows; `closed` keeps which nested keys are folded. */
export function valuesTable(context: CompareContext, chosen: readonly number[], rows: readonly Row[], closed: Set<string>): HTMLElement {
  const table = element("table", { class: "compare-table" }, element("thead", {}, headRow(context, chosen)));
  const groups = [...new Set(rows.map(({ group }) => group))];
  const draw = () => {
    const focused = document.activeElement?.textContent ?? "";
    const within = table.contains(document.activeElement);
    for (const body of [...table.tBodies]) body.remove();
    for (const group of groups) table.append(groupBody(group, rows.filter((row) => row.group === group), chosen.length, closed, draw));
    if (within) [...table.querySelectorAll<HTMLElement>(".fold")].find(({ textContent }) => textContent === focused)?.focus();
  };
  draw();
  return table;
}
