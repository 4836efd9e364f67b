/** The menu that groups runs: by which columns, the outer ones first, and all groups folded or open. */
import { element } from "../elements";
import { icon } from "../icons";
import type { Column } from "../types";
import { differs, plainText } from "./columns";
import { menuItem } from "./menu";

const SAMPLE = 200;

/** Columns that make sense to group by: not those with a value of its own for nearly every run. */
export function groupable(columns: readonly Column[]): Column[] {
  return columns.filter((column) => {
    if (column.key === "name" || column.type === "time" || column.type === "duration" || column.key === "notes") return false;
    if (column.group === "summary" && column.type === "number") return false;
    const step = Math.max(1, Math.floor(column.values.length / SAMPLE));
    const sample = column.values.filter((_, run) => run % step === 0);
    const values = new Set(sample.map(plainText));
    if (values.size > Math.max(2, sample.length / 2)) return false;
    return values.size > 1 || differs(column, column.values.map((_, run) => run));
  });
}

export interface GroupMenuOptions {
  columns: readonly Column[];
  group: readonly string[];
  folded: boolean;
  change: (changes: { group?: string[]; folded?: boolean }) => void;
}

/** The content of the menu; it stays open, for several columns. */
export function groupMenu(options: GroupMenuOptions): Node[] {
  let { folded } = options;
  let group = [...options.group];
  const byKey = new Map(options.columns.map((column) => [column.key, column]));
  const offered = groupable(options.columns);
  const search = element("input", { class: "input", type: "search", placeholder: "Find a column", "aria-label": "Find a column to group by" });
  const top = element("div");
  const list = element("div", { class: "menu-list" });

  const choose = (key: string) => {
    group = group.includes(key) ? group.filter((one) => one !== key) : [...group, key];
    options.change({ group });
    draw();
    list.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  const fold = (next: boolean) => {
    folded = next;
    options.change({ folded });
    draw();
  };

  function draw(): void {
    const words = search.value.trim().toLowerCase();
    const chosen = group.flatMap((key) => byKey.get(key) ?? []);
    const rest = offered.filter((column) => !group.includes(column.key) && column.key.toLowerCase().includes(words));
    top.replaceChildren();
    if (chosen.length) {
      const none = menuItem("No groups", () => {
        group = [];
        options.change({ group });
        draw();
      });
      top.append(menuItem(folded ? "Open all groups" : "Fold all groups", () => fold(!folded)), none, element("hr"));
    }
    list.replaceChildren(
      ...[...chosen, ...rest].map((column) => {
        const item = menuItem(column.label, () => choose(column.key), group.includes(column.key));
        item.dataset["key"] = column.key;
        item.title = column.key;
        if (group.length > 1 && group.includes(column.key)) item.append(element("span", { class: "count" }, String(group.indexOf(column.key) + 1)));
        return item;
      }),
    );
    if (!chosen.length && !rest.length) list.append(element("p", { class: "menu-title" }, "No column has values that runs share"));
  }

  search.addEventListener("input", draw);
  draw();
  return [element("div", { class: "search-box" }, icon("search"), search), top, list];
}
