/** What a reader does with columns: choose, move, widen, and all that the menu of one offers. */
import type { Store } from "../store";
import type { Column, RunsData, TableOptions } from "../types";
import { columnChooser } from "./chooser";
import { defaultColumns, movedKey } from "./choice";
import { columnMenu } from "./column_menu";
import { EYE } from "./columns";
import type { Grid } from "./grid";
import { NARROWEST_WIDTH } from "./heads";
import { openMenu } from "./menu";
import type { TableState } from "./state";
import type { TableView } from "./view";

const WIDEST_WIDTH = 999;

/** The table that the columns are of. */
export interface ControlledTable {
  store: Store<TableState>;
  grid: () => Grid;
  view: () => TableView;
  data: RunsData;
  options: TableOptions;
  known: ReadonlyMap<string, Column>;
}

export class ColumnControls {
  constructor(private readonly table: ControlledTable) {}

  /** The list of all columns, those shown ticked. */
  openChooser(anchor: HTMLElement): void {
    const { data, options, store } = this.table;
    const change = (columns: string[] | null) => store.set({ columns });
    openMenu(anchor, "Columns", ...columnChooser({ columns: data.columns, shown: this.shown(), usual: defaultColumns(data, options), change }));
  }

  widen(key: string, width: number): void {
    const { store } = this.table;
    const within = Math.max(NARROWEST_WIDTH, Math.min(WIDEST_WIDTH, width));
    store.set({ widths: new Map([...store.get().widths, [key, within] as const]) });
  }

  /** Puts a column before or after another of the same first-level head. */
  move(key: string, beside: string, after: boolean): void {
    if (key === beside) return;
    const group = this.table.known.get(beside)?.group;
    const order = this.table.grid().order.filter((column) => column.group === group).map((column) => column.key);
    const before = after ? (order[order.indexOf(beside) + 1] ?? null) : beside;
    if (before !== key) this.table.store.set({ columns: movedKey(this.shown(), key, before) });
  }

  /** How a column goes one place to the left or right; null where there is none of its kind. */
  shift(key: string, by: -1 | 1): (() => void) | null {
    const { known, view, grid } = this.table;
    const column = known.get(key);
    const { pinned, columns } = view();
    const part = pinned.some((one) => one.key === key) ? pinned : columns;
    const other = part[part.findIndex((one) => one.key === key) + by];
    if (!column || !other || other.key === EYE || other.group !== column.group) return null;
    return () => {
      this.move(key, other.key, by > 0);
      grid().activate({ row: -1, column: grid().order.findIndex((one) => one.key === key) });
    };
  }

  openMenu(key: string, anchor: HTMLElement): void {
    const { known, store, grid } = this.table;
    const column = known.get(key);
    if (!column) return;
    // The head that opened the menu is drawn anew, so the keys go on from the grid.
    const closing = (act: (() => void) | null) =>
      act && (() => {
        close();
        grid().element.focus({ preventScroll: true });
        act();
      });
    const close = openMenu(
      anchor,
      `Column ${column.label}`,
      ...columnMenu({
        column,
        state: store.get(),
        shown: this.shown(),
        width: grid().widthOf(column),
        change: (changes) => closing(() => store.set(changes))?.(),
        shift: { left: closing(this.shift(key, -1)), right: closing(this.shift(key, 1)) },
      }),
    );
  }

  private shown(): string[] {
    return this.table.store.get().columns ?? defaultColumns(this.table.data, this.table.options);
  }
}
