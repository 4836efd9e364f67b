/** The keys of a runs table: arrows move, Enter opens, Space folds, Ctrl+C copies the whole value of a cell. */
import type { Grid, Place } from "./grid";
import type { TableView } from "./view";

export interface KeyEvents {
  open: (run: number, inNewTab: boolean) => void;
  fold: (row: number) => void;
  sort: (key: string, add: boolean) => void;
  copy: (run: number, key: string) => void;
}

function moved(key: string, { row, column }: Place, page: number, view: TableView, whole: boolean): Place | null {
  switch (key) {
    case "ArrowDown":
      return { row: row + 1, column };
    case "ArrowUp":
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

/** Listens to the keys of a grid. */
export function tableKeys(grid: Grid, view: () => TableView, events: KeyEvents): void {
  grid.element.addEventListener("keydown", (event) => {
    if (event.target !== grid.element) return;
    const place = grid.activePlace;
    const item = view().items[place.row];
    const withControl = event.ctrlKey || event.metaKey;
    const next = moved(event.key, place, grid.page, view(), withControl);
    const column = grid.order[place.column];
    if (next) {
      grid.activate(next);
    } else if (event.key === "c" && withControl && item?.kind === "run" && column && getSelection()?.isCollapsed) {
      events.copy(item.run, column.key);
    } else if (event.key === "Enter" && place.row < 0) {
      if (column) events.sort(column.key, event.shiftKey);
    } else if (event.key === "Enter" && item?.kind === "run") {
      events.open(item.run, withControl);
    } else if ((event.key === "Enter" || event.key === " ") && item?.kind === "group") {
      events.fold(place.row);
    } else {
      return;
    }
    event.preventDefault();
  });
}
