/** The column chooser: a searchable list of all columns; ticked ones are shown, in the order of the list. */
import { button, element } from "../elements";
import { icon, svgIcon } from "../icons";
import type { Column } from "../types";
import { movedKey } from "./choice";
import arrowDown from "lucide-static/icons/arrow-down.svg";
import arrowUp from "lucide-static/icons/arrow-up.svg";

export interface ChooserOptions {
  columns: readonly Column[];
  /** keys of those shown, in order */
  shown: readonly string[];
  /** keys of those shown when nothing was chosen */
  usual: readonly string[];
  change: (shown: string[] | null) => void;
}

const PLACES = { run: "", config: "config", summary: "summary", system: "system" } as const;

/** Columns shown first, in their order, then the others. */
function listed(options: ChooserOptions, shown: readonly string[]): Column[] {
  const known = new Map(options.columns.map((column) => [column.key, column]));
  const first = shown.flatMap((key) => known.get(key) ?? []);
  return [...first, ...options.columns.filter((column) => !shown.includes(column.key))];
}

interface LineEvents {
  toggle: (key: string, on: boolean) => void;
  shift: (key: string, by: number) => void;
  drag: (key: string) => void;
  drop: (before: string | null) => void;
}

/** One column: a tick, its name, and where it is shown, controls for its place. */
function chooserLine(column: Column, shown: readonly string[], events: LineEvents): HTMLElement {
  const at = shown.indexOf(column.key);
  const tick = element("input", { type: "checkbox", checked: at >= 0 });
  tick.addEventListener("change", () => events.toggle(column.key, tick.checked));
  const label = element("label", {}, tick, element("span", { class: "chooser-label" }, column.label));
  const place = PLACES[column.group];
  if (place) label.append(element("span", { class: "muted" }, place));
  const item = element("li", { draggable: at >= 0 ? "true" : "false", title: column.key }, label);
  if (at >= 0) {
    const up = button(`Move ${column.label} up`, svgIcon(arrowUp), () => events.shift(column.key, -1));
    const down = button(`Move ${column.label} down`, svgIcon(arrowDown), () => events.shift(column.key, 1));
    up.className = down.className = "icon-button";
    up.disabled = at === 0;
    down.disabled = at === shown.length - 1;
    item.append(up, down);
  }
  item.addEventListener("dragstart", () => events.drag(column.key));
  item.addEventListener("dragover", (event) => event.preventDefault());
  item.addEventListener("drop", () => events.drop(at >= 0 ? column.key : null));
  return item;
}

/** The keys with one of them moved up or down by one place. */
function shifted(shown: readonly string[], key: string, by: number): string[] {
  const at = shown.indexOf(key);
  const other = shown[at + by];
  if (at < 0 || other === undefined) return [...shown];
  return by < 0 ? movedKey(shown, key, other) : movedKey(shown, key, shown[at + 2] ?? null);
}

function linkButton(text: string, act: () => void): HTMLButtonElement {
  const made = button(text, text, act);
  made.className = "link-button";
  return made;
}

/** The content of the menu. */
export function columnChooser(options: ChooserOptions): Node[] {
  let shown = [...options.shown];
  let dragged = "";
  const search = element("input", { class: "input", type: "search", placeholder: "Find a column", "aria-label": "Find a column" });
  const list = element("ul", { class: "chooser-list" });

  const change = (next: string[]) => {
    shown = next;
    options.change(shown);
    draw();
  };
  const events: LineEvents = {
    toggle: (key, on) => change(on ? [...shown, key] : shown.filter((one) => one !== key)),
    shift: (key, by) => change(shifted(shown, key, by)),
    drag: (key) => (dragged = key),
    drop: (before) => dragged && dragged !== before && change(movedKey(shown, dragged, before)),
  };

  function draw(): void {
    const words = search.value.trim().toLowerCase();
    const found = listed(options, shown).filter((column) => column.key.toLowerCase().includes(words));
    const top = list.scrollTop;
    list.replaceChildren(...found.map((column) => chooserLine(column, shown, events)));
    list.scrollTop = top;
    if (!found.length) list.append(element("li", { class: "muted" }, "No such column"));
  }

  search.addEventListener("input", draw);
  draw();
  const hidden = () => options.columns.map((column) => column.key).filter((key) => !shown.includes(key));
  const all = linkButton("Show all", () => change([...shown, ...hidden()]));
  const reset = linkButton("Reset", () => {
    options.change(null);
    shown = [...options.usual];
    draw();
  });
  const box = element("div", { class: "search-box" });
  box.append(icon("search"), search);
  return [box, list, element("p", { class: "chooser-foot" }, all, reset)];
}
