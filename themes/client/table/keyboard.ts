/** The keys of a runs table. Arrows move; what the others do stands in docs/reference/runs-table.md. */
import type { Grid, Place } from "./grid";
import type { TableView } from "./view";

export interface KeyEvents {
  open: (run: number, inNewTab: boolean) => void;
  fold: (row: number) => void;
  sort: (key: string, add: boolean) => void;
  copy: (run: number, key: string) => void;
  menu: (key: string) => void;
  /** Ticks a run or the runs of a group. */
  select: (row: number) => void;
  selectAll: () => void;
  eye: (run: number) => void;
  baseline: (run: number) => void;
  /** Puts a column one place to the left or right. */
  shift: (key: string, by: -1 | 1) => void;
  widen: (key: string, by: number) => void;
  /** Gives up what is selected; false when nothing is. */
  escape: () => boolean;
}

const WIDER = 16;

function moved(key: string, { row, column }: Place, page: number, view: TableView, whole: boolean): Place | null {
  switch (key) {
    case "ArrowDown":
    case "j":
      return { row: row + 1, column };
    case "ArrowUp":
    case "k":
      return { row: row - 1, column };
    case "ArrowLeft":
      return { row, column: column - 1 };
    case "ArrowRight":
      return { row, column: column + 1 };
    case "PageDown":
      return { row: row + page, column };
    case "PageUp":
      return { row: Math.max(0, row - page), column };
    case "Home":
      return { row: whole ? 0 : row, column: 0 };
    case "End":
      return { row: whole ? view.items.length - 1 : row, column: Number.MAX_SAFE_INTEGER };
    default:
      return null;
  }
}

/** What a key does in the head; false when it does nothing there. */
function headKey(event: KeyboardEvent, key: string, events: KeyEvents): boolean {
  const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
  if (event.key === "Enter") events.sort(key, event.shiftKey);
  else if (event.key === " ") events.menu(key);
  else if (by && (event.ctrlKey || event.metaKey)) events.shift(key, by);
  else if (by && event.shiftKey) events.widen(key, by * WIDER);
  else return false;
  return true;
}

function runKey(event: KeyboardEvent, run: number, row: number, events: KeyEvents): boolean {
  const withControl = event.ctrlKey || event.metaKey;
  if (event.key === "Enter") events.open(run, withControl);
  else if (event.key === " ") events.select(row);
  else if (event.key === "x" && !withControl) events.eye(run);
  else if (event.key === "b" && !withControl) events.baseline(run);
  else return false;
  return true;
}

function groupKey(event: KeyboardEvent, row: number, events: KeyEvents): boolean {
  if (event.key === " " && event.shiftKey) events.select(row);
  else if (event.key === "Enter" || event.key === " ") events.fold(row);
  else return false;
  return true;
}

/** Listens to the keys of a grid. */
export function tableKeys(grid: Grid, view: () => TableView, events: KeyEvents): void {
  const pressed = (event: KeyboardEvent): boolean => {
    const place = grid.activePlace;
    const item = view().items[place.row];
    const withControl = event.ctrlKey || event.metaKey;
    const column = grid.order[place.column];
    if (place.row < 0 && column && headKey(event, column.key, events)) return true;
    if (item?.kind === "run" && runKey(event, item.run, place.row, events)) return true;
    if (item?.kind === "group" && groupKey(event, place.row, events)) return true;
    if (event.key === "c" && withControl) {
      if (item?.kind !== "run" || !column || !getSelection()?.isCollapsed) return false;
      events.copy(item.run, column.key);
      return true;
    }
    if (event.key === "a" && withControl) {
      events.selectAll();
      return true;
    }
    if (event.key === "Escape") return events.escape();
    const next = moved(event.key, place, grid.page, view(), withControl);
    if (next) grid.activate(next);
    return Boolean(next);
  };
  grid.element.addEventListener("keydown", (event) => {
    if (event.target !== grid.element || event.altKey || !pressed(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
