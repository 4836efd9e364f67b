/** The head of a runs table: where a column comes from, its name, and how it is sorted. */
import { button, element } from "../elements";
import { icon } from "../icons";
import type { Column } from "../types";
import { EYE, isNumeric } from "./columns";
import { COLUMN_HEAD_HEIGHT, GROUP_HEAD_HEIGHT } from "./layout";
import type { SortKey } from "./sort";

const GROUP_NAMES = { run: "Run", config: "Config", summary: "Summary", system: "System" } as const;
export const NARROWEST_WIDTH = 48;
const DRAG_FROM = 5;

export interface HeadEvents {
  sort: (key: string, add: boolean) => void;
  menu: (key: string, anchor: HTMLElement) => void;
  /** `done` when the pointer has let go */
  resize: (key: string, width: number, done: boolean) => void;
  /** a column dropped before or after another of the same first-level head */
  move: (key: string, beside: string, after: boolean) => void;
  selectAll: (on: boolean) => void;
}

/** What the heads show besides their columns. */
export interface HeadState {
  sort: readonly SortKey[];
  /** how much of what is shown is ticked */
  ticked: "none" | "some" | "all";
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
    const stop = new AbortController();
    const at = (event: PointerEvent) => Math.max(NARROWEST_WIDTH, Math.round(width + event.clientX - start.clientX));
    // The head is drawn anew at every step, so the window is asked where the pointer is.
    addEventListener("pointermove", (event) => resize(key, at(event), false), { signal: stop.signal });
    addEventListener("pointercancel", () => stop.abort(), { signal: stop.signal });
    addEventListener("pointerup", (event) => {
      stop.abort();
      resize(key, at(event), true);
    }, { signal: stop.signal });
  });
  return made;
}

/** The head of the same first level that the pointer is over, and which of its halves. */
function dropPlace(event: PointerEvent, group: string): { head: HTMLElement; after: boolean } | null {
  const head = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>(".head[data-key]");
  if (!head || head.dataset["group"] !== group) return null;
  const box = head.getBoundingClientRect();
  return { head, after: event.clientX > box.left + box.width / 2 };
}

/** Dragging a head puts its column elsewhere; a click still sorts. */
function dragged(head: HTMLElement, column: Column, move: HeadEvents["move"]): void {
  head.addEventListener("pointerdown", (start) => {
    if (start.button !== 0 || start.pointerType === "touch") return;
    const stop = new AbortController();
    let place: ReturnType<typeof dropPlace> = null;
    const mark = (next: ReturnType<typeof dropPlace>) => {
      place?.head.classList.remove("drop-before", "drop-after");
      place = next;
      place?.head.classList.add(place.after ? "drop-after" : "drop-before");
    };
    addEventListener("pointermove", (event) => {
      if (!head.classList.contains("head-dragged") && Math.abs(event.clientX - start.clientX) < DRAG_FROM) return;
      head.classList.add("head-dragged");
      mark(dropPlace(event, column.group));
    }, { signal: stop.signal });
    addEventListener("pointerup", (event) => {
      stop.abort();
      if (!head.classList.contains("head-dragged")) return;
      // The click that follows is no wish to sort.
      const click = new AbortController();
      addEventListener("click", (one) => one.stopPropagation(), { capture: true, signal: click.signal });
      setTimeout(() => click.abort());
      head.classList.remove("head-dragged");
      const drop = dropPlace(event, column.group);
      mark(null);
      if (drop) move(column.key, drop.head.dataset["key"] ?? "", drop.after);
    }, { signal: stop.signal });
    addEventListener("pointercancel", () => stop.abort(), { signal: stop.signal });
  });
}

function eyeHead(ticked: HeadState["ticked"], events: HeadEvents): HTMLElement {
  const all = element("input", { type: "checkbox", class: "row-tick", tabindex: "-1", checked: ticked === "all", "aria-label": "Select all runs shown" });
  all.indeterminate = ticked === "some";
  all.addEventListener("change", () => events.selectAll(all.checked));
  return element("div", { role: "columnheader", class: "head cell-eye" }, all, element("span", { class: "visually-hidden" }, "Select and show in the workspace"));
}

/** The head of one column. */
export function columnHead(column: Column, state: HeadState, events: HeadEvents): HTMLElement {
  if (column.key === EYE) return eyeHead(state.ticked, events);
  const keys = state.sort;
  const place = keys.findIndex((key) => key.key === column.key);
  const sort = place < 0 ? "none" : keys[place]?.descending ? "descending" : "ascending";
  const head = element("div", {
    role: "columnheader",
    class: isNumeric(column) ? "head cell-number" : "head",
    "aria-sort": sort,
    "data-key": column.key,
    "data-group": column.group,
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
  head.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    events.menu(column.key, menu);
  });
  dragged(label, column, events.move);
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
