/** The menu of a column: sort, filter, group, heat, pin, place, width, hide. */
import { element } from "../elements";
import type { Column } from "../types";
import { columnExpression, condition, operators, withCondition, type Operator } from "./conditions";
import { isNumeric, plainText } from "./columns";
import { menuItem } from "./menu";
import type { TableState } from "./state";

export interface ColumnMenuOptions {
  column: Column;
  state: TableState;
  /** keys of the columns shown, in order */
  shown: readonly string[];
  /** px */
  width: number;
  change: (changes: Partial<TableState>) => void;
  /** Puts the column one place to the left or right; null where there is no such place. */
  shift: Record<"left" | "right", (() => void) | null>;
}

const WIDER = 32;
const SUGGESTED = 30;
const ALWAYS_PINNED = new Set(["name", "state"]);

function toggled(keys: readonly string[], key: string): string[] {
  return keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key];
}

/** Up to some values of a column, to choose from. */
function suggestions(column: Column): string[] {
  const found = new Set<string>();
  for (const cell of column.values) {
    for (const one of Array.isArray(cell) ? cell : [cell]) if (one !== null) found.add(plainText(one));
    if (found.size >= SUGGESTED) break;
  }
  return [...found];
}

function valueInput(column: Column): HTMLInputElement | HTMLSelectElement {
  if (column.type === "boolean" || column.type === "state") {
    const values = column.type === "boolean" ? ["true", "false"] : suggestions(column);
    return element("select", { class: "select", "aria-label": "Value" }, ...values.map((value) => element("option", { value }, value)));
  }
  const type = column.type === "time" ? "datetime-local" : "text";
  const input = element("input", { class: "input", type, "aria-label": "Value", autocomplete: "off", spellcheck: "false", placeholder: "value" });
  return input;
}

/** A small form that adds a condition on the column to the filter. */
function filterForm({ column, state, change }: ColumnMenuOptions): HTMLElement {
  const choices = operators(column).map(([value, text]) => element("option", { value }, text));
  const operator = element("select", { class: "select", "aria-label": "Condition" }, ...choices);
  const value = valueInput(column);
  const problem = element("p", { class: "table-error", role: "status", hidden: true }, "Not a value of this column.");
  const form = element("form", { class: "menu-filter" }, operator, value, element("button", { type: "submit", class: "button" }, "Filter"), problem);
  if (value instanceof HTMLInputElement && value.type === "text" && !isNumeric(column)) {
    const list = element("datalist", { id: "menu-values" }, ...suggestions(column).map((each) => element("option", { value: each })));
    value.setAttribute("list", list.id);
    form.append(list);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const added = condition(column, operator.value as Operator, value.value);
    problem.hidden = added !== null;
    value.setAttribute("aria-invalid", String(added === null));
    if (added !== null) change({ filter: withCondition(state.filter, added) });
  });
  return form;
}

/** The content of the menu. */
export function columnMenu(options: ColumnMenuOptions): Node[] {
  const { column, state, shown, change, shift, width } = options;
  const { key } = column;
  const sorted = state.sort.find((one) => one.key === key);
  const by = (descending: boolean) => [{ key, descending }];
  const numeric = isNumeric(column);
  const widths = (next: number | null) => {
    const map = new Map(state.widths);
    if (next === null) map.delete(key);
    else map.set(key, next);
    return { widths: map };
  };
  const items: (Node | null)[] = [
    element("p", { class: "menu-title mono" }, key),
    menuItem(numeric ? "Sort ascending" : "Sort A to Z", () => change({ sort: by(false) }), sorted?.descending === false),
    menuItem(numeric ? "Sort descending" : "Sort Z to A", () => change({ sort: by(true) }), sorted?.descending === true),
    state.sort.length && !sorted ? menuItem("Then sort by this", () => change({ sort: [...state.sort, ...by(false)] })) : null,
    columnExpression(column) ? filterForm(options) : null,
    element("hr"),
    key === "name" ? null : menuItem("Group by this", () => change({ group: toggled(state.group, key) }), state.group.includes(key)),
    numeric ? menuItem("Heat", () => change({ heat: toggled(state.heat, key) }), state.heat.includes(key)) : null,
    ALWAYS_PINNED.has(key) ? null : menuItem("Pin to the left", () => change({ pinned: toggled(state.pinned, key) }), state.pinned.includes(key)),
    element("hr"),
    shift.left ? menuItem("Move left", shift.left) : null,
    shift.right ? menuItem("Move right", shift.right) : null,
    menuItem("Wider", () => change(widths(Math.min(999, width + WIDER)))),
    menuItem("Narrower", () => change(widths(Math.max(48, width - WIDER)))),
    state.widths.has(key) ? menuItem("Fit the content", () => change(widths(null))) : null,
    key === "name" ? null : menuItem("Hide", () => change({ columns: shown.filter((one) => one !== key) })),
  ];
  return items.filter((item): item is Node => item !== null);
}
