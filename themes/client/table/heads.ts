/** The head of a runs table: where a column comes from, its name, and how it is sorted. */
import { button, element } from "../elements";
import { icon } from "../icons";
import type { Column } from "../types";
import { isNumeric } from "./columns";
import { COLUMN_HEAD_HEIGHT, GROUP_HEAD_HEIGHT } from "./layout";
import type { SortKey } from "./sort";

const GROUP_NAMES = { run: "Run", config: "Config", summary: "Summary", system: "System" } as const;

export interface HeadEvents {
  sort: (key: string, add: boolean) => void;
  menu: (key: string, anchor: HTMLElement) => void;
  resize: (key: string, width: number) => void;
}

function sortMark(place: number, keys: readonly SortKey[]): Node | null {
  const key = keys[place];
  if (!key) return null;
  const mark = element("span", { class: key.descending ? "sort-mark sort-down" : "sort-mark", "aria-hidden": "true" });
  if (keys.length > 1) mark.append(String(place + 1));
  return mark;
}

/** Dragging the right edge of a head makes its column wider or narrower. */
function grip(key: string, head: HTMLElement, resize: HeadEvents["resize"]): HTMLElement {
  const made = element("span", { class: "head-grip", "aria-hidden": "true" });
  made.addEventListener("pointerdown", (start) => {
    start.preventDefault();
    start.stopPropagation();
    const width = head.offsetWidth;
    made.setPointerCapture(start.pointerId);
    const move = (event: PointerEvent) => resize(key, Math.max(48, Math.round(width + event.clientX - start.clientX)));
    made.addEventListener("pointermove", move);
    made.addEventListener("lostpointercapture", () => made.removeEventListener("pointermove", move), { once: true });
  });
  return made;
}

/** The head of one column. */
export function columnHead(column: Column, keys: readonly SortKey[], events: HeadEvents): HTMLElement {
  const place = keys.findIndex((key) => key.key === column.key);
  const sort = place < 0 ? "none" : keys[place]?.descending ? "descending" : "ascending";
  const head = element("div", {
    role: "columnheader",
    class: isNumeric(column) ? "head cell-number" : "head",
    "aria-sort": sort,
    title: column.key,
  });
  const label = element("button", { type: "button", class: "head-label", tabindex: "-1" });
  label.append(element("span", {}, column.label));
  const mark = sortMark(place, keys);
  if (mark) label.append(mark);
  label.addEventListener("click", (event) => events.sort(column.key, event.shiftKey));
  const menu = button(`Column ${column.label}`, icon("chevronDown"), () => events.menu(column.key, menu));
  menu.className = "head-menu";
  menu.tabIndex = -1;
  head.append(label, menu, grip(column.key, head, events.resize));
  return head;
}

/** The first level: one label over the columns that come from the same place. */
export function groupHeads(columns: readonly Column[], offsets: readonly number[], stickyLeft: number): HTMLElement[] {
  const heads: HTMLElement[] = [];
  let start = 0;
  columns.forEach((column, index) => {
    if (columns[index + 1]?.group === column.group) return;
    // What a run is stands over the pinned columns already.
    const name = column.group === "run" && stickyLeft > 0 ? "" : (GROUP_NAMES[column.group] ?? column.group);
    const label = element("span", { class: "group-head-label" }, name);
    label.style.left = `${stickyLeft}px`;
    const head = element("div", { class: "group-head", role: "presentation" }, label);
    place(head, offsets[start] ?? 0, (offsets[index + 1] ?? 0) - (offsets[start] ?? 0));
    heads.push(head);
    start = index + 1;
  });
  return heads;
}

/** Puts a cell at its column's place. */
export function place(cell: HTMLElement, left: number, width: number): void {
  cell.style.left = `${left}px`;
  cell.style.width = `${width}px`;
}

export const HEAD_HEIGHT = GROUP_HEAD_HEIGHT + COLUMN_HEAD_HEIGHT;
