/** The windowed grid: only the rows and columns in sight are elements; the rest is arithmetic. */
import { element } from "../elements";
import type { Column } from "../types";
import { groupCell, runCell, runTitle, type CellContext } from "./cells";
import { EYE } from "./columns";
import { groupTitle } from "./group";
import { columnHead, groupHeads, HEAD_HEIGHT, place, type HeadEvents, type HeadState } from "./heads";
import { columnOffsets, columnsInSight, ROW_HEIGHT, rowsInSight, scrolledTo, type Range } from "./layout";
import { ColumnSizes } from "./sizes";
import type { TableView } from "./view";

const NARROW = 640;
const NARROW_NAME = 148;
const SPARE_PX = 160;

export interface GridContent {
  view: TableView;
  context: CellContext;
  heads: HeadState;
  /** px, of columns that do not get the width of what is in them */
  widths: ReadonlyMap<string, number>;
}

/** A place in the grid: row -1 is the head. */
export interface Place {
  row: number;
  column: number;
}

export class Grid {
  readonly element: HTMLElement;
  private readonly head = element("div", { class: "grid-head", role: "row", "aria-rowindex": 1 });
  private readonly body = element("div", { class: "grid-body", role: "rowgroup" });
  private readonly rows = new Map<number, HTMLElement>();
  private content: GridContent | null = null;
  private pinned: Column[] = [];
  private columns: Column[] = [];
  private pinnedOffsets: number[] = [0];
  private offsets: number[] = [0];
  private sight: Range = { first: 0, end: 0 };
  private active: Place = { row: 0, column: 0 };
  private frame = 0;
  private width = 0;
  private readonly sizes: ColumnSizes;

  constructor(
    label: string,
    private readonly events: HeadEvents,
  ) {
    this.element = element("div", { class: "grid", role: "grid", tabindex: 0, "aria-label": label });
    this.element.append(this.head, this.body);
    this.sizes = new ColumnSizes(this.element);
    this.element.addEventListener("scroll", () => this.schedule(), { passive: true });
    // An observer also calls when it begins, and when a scroll bar comes: then nothing but a row may be missing.
    new ResizeObserver(() => (this.element.clientWidth === this.width ? this.draw(false) : this.layOut())).observe(this.element);
    this.element.addEventListener("pointerover", (event) => this.explain(event.target as Element));
  }

  /** Shows other rows or columns; where it is scrolled to stays. */
  show(content: GridContent): void {
    this.content = content;
    this.element.setAttribute("aria-rowcount", String(content.view.items.length + 1));
    this.element.setAttribute("aria-colcount", String(content.view.pinned.length + content.view.columns.length));
    this.layOut();
  }

  /** Forgets how wide columns were, because other rows are shown. */
  measureAgain(): void {
    this.sizes.forget();
  }

  /** A width for as long as it is being dragged. */
  tryWidth(key: string, width: number): void {
    if (!this.content) return;
    this.content = { ...this.content, widths: new Map([...this.content.widths, [key, width]]) };
    this.layOut();
  }

  /** How wide a column is. */
  widthOf(column: Column): number {
    return this.sizes.of(column, this.content?.view, this.content?.widths);
  }

  get activePlace(): Place {
    return this.active;
  }

  /** All columns from left to right. */
  get order(): Column[] {
    return [...this.pinned, ...this.columns];
  }

  /** How many rows fit. */
  get page(): number {
    return Math.max(1, Math.floor((this.element.clientHeight - HEAD_HEIGHT) / ROW_HEIGHT) - 1);
  }

  /** Moves the active cell, scrolling as little as shows it. */
  activate({ row, column }: Place): void {
    const count = this.content?.view.items.length ?? 0;
    const columns = this.pinned.length + this.columns.length;
    this.active = { row: Math.max(-1, Math.min(count - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) };
    const box = this.element;
    if (this.active.row >= 0) {
      const start = this.active.row * ROW_HEIGHT;
      box.scrollTop = scrolledTo(box.scrollTop, box.clientHeight - HEAD_HEIGHT, start, start + ROW_HEIGHT);
    }
    const index = this.active.column - this.pinned.length;
    if (index >= 0) {
      const left = this.pinnedWidth;
      const size = box.clientWidth - left;
      box.scrollLeft = scrolledTo(box.scrollLeft, size, this.offsets[index] ?? 0, this.offsets[index + 1] ?? 0);
    }
    this.draw(false);
  }

  private get pinnedWidth(): number {
    return this.pinnedOffsets[this.pinnedOffsets.length - 1] ?? 0;
  }

  private layOut(): void {
    if (!this.content) return;
    const { view } = this.content;
    // First, because how high the grid is follows from it.
    this.body.style.height = `${view.items.length * ROW_HEIGHT}px`;
    this.width = this.element.clientWidth;
    const narrow = this.width < NARROW;
    // On a phone only the eye and the name stay at the left.
    const stay = view.pinned[0]?.key === EYE ? 2 : 1;
    this.pinned = narrow ? view.pinned.slice(0, stay) : view.pinned;
    this.columns = narrow ? [...view.pinned.slice(stay), ...view.columns] : view.columns;
    const limit = narrow ? NARROW_NAME : Infinity;
    this.pinnedOffsets = columnOffsets(this.pinned.map((column) => Math.min(limit, this.widthOf(column))));
    this.offsets = columnOffsets(this.columns.map((column) => this.widthOf(column)));
    const width = this.pinnedWidth + (this.offsets[this.offsets.length - 1] ?? 0);
    this.head.style.width = this.body.style.width = `${width}px`;
    this.draw(true);
  }

  private schedule(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw(false);
    });
  }

  private draw(everything: boolean): void {
    if (!this.content) return;
    const box = this.element;
    const left = box.scrollLeft;
    const wanted = columnsInSight(this.offsets, left - SPARE_PX, left + box.clientWidth - this.pinnedWidth + SPARE_PX);
    const moved = wanted.first !== this.sight.first || wanted.end !== this.sight.end;
    this.sight = wanted;
    if (everything || moved) {
      this.drawHead();
      this.rows.clear();
      this.body.replaceChildren();
    }
    const rows = rowsInSight(box.scrollTop, box.clientHeight, this.content.view.items.length);
    for (const [index, row] of this.rows) {
      if (index >= rows.first && index < rows.end) continue;
      row.remove();
      this.rows.delete(index);
    }
    const added: HTMLElement[] = [];
    for (let index = rows.first; index < rows.end; index += 1) {
      if (this.rows.has(index)) continue;
      const row = this.row(index);
      this.rows.set(index, row);
      added.push(row);
    }
    this.body.append(...added);
    this.markActive();
  }

  private drawHead(): void {
    const state = this.content?.heads ?? { sort: [], ticked: "none" };
    const make = (column: Column) => columnHead(column, state, this.events);
    const pinned = this.pinnedCells(this.pinned.map(make));
    pinned.prepend(...groupHeads(this.pinned, this.pinnedOffsets, 0));
    this.head.replaceChildren(
      pinned,
      ...groupHeads(this.columns, this.offsets.map((offset) => offset + this.pinnedWidth), this.pinnedWidth),
      ...this.seenCells(make),
    );
  }

  private pinnedCells(cells: HTMLElement[]): HTMLElement {
    const box = element("div", { class: "grid-pinned", role: "presentation" });
    box.style.width = `${this.pinnedWidth}px`;
    cells.forEach((cell, index) => {
      place(cell, this.pinnedOffsets[index] ?? 0, (this.pinnedOffsets[index + 1] ?? 0) - (this.pinnedOffsets[index] ?? 0));
      cell.setAttribute("aria-colindex", String(index + 1));
      box.append(cell);
    });
    return box;
  }

  private seenCells(make: (column: Column) => HTMLElement): HTMLElement[] {
    return this.columns.slice(this.sight.first, this.sight.end).map((column, nth) => {
      const index = this.sight.first + nth;
      const start = this.offsets[index] ?? 0;
      const cell = make(column);
      place(cell, this.pinnedWidth + start, (this.offsets[index + 1] ?? 0) - start);
      cell.setAttribute("aria-colindex", String(this.pinned.length + index + 1));
      return cell;
    });
  }

  private row(index: number): HTMLElement {
    const { view, context } = this.content as GridContent;
    const item = view.items[index];
    const row = element("div", { role: "row", class: "grid-row", "aria-rowindex": index + 2, "data-row": index });
    row.style.transform = `translateY(${index * ROW_HEIGHT}px)`;
    if (!item) return row;
    const isGroup = item.kind === "group";
    const first = this.order.find(({ key }) => key !== EYE);
    if (isGroup) row.classList.add("grid-row-group");
    else {
      row.dataset["depth"] = String(Math.min(item.depth, 3));
      row.classList.toggle("grid-row-baseline", item.run === context.baseline);
      row.classList.toggle("grid-row-closed", context.closed.has(item.run));
      if (context.selects) row.setAttribute("aria-selected", String(context.selected.has(item.run)));
    }
    const make = (column: Column) =>
      isGroup ? groupCell(column, item, column === first, context) : runCell(column, item.run, context);
    row.append(this.pinnedCells(this.pinned.map(make)), ...this.seenCells(make));
    return row;
  }

  /** The whole value of a cell in a tooltip, given to it when somebody points at it: most cells are never asked. */
  private explain(target: Element): void {
    const cell = target.closest<HTMLElement>(".cell");
    const item = this.content?.view.items[Number(cell?.parentElement?.closest<HTMLElement>(".grid-row")?.dataset["row"])];
    const column = this.order[Number(cell?.getAttribute("aria-colindex")) - 1];
    if (cell && item && column && !cell.title) cell.title = item.kind === "run" ? runTitle(column, item.run) : groupTitle(column, item.group.runs);
  }

  private markActive(): void {
    this.element.querySelectorAll(".cell-active").forEach((cell) => {
      cell.classList.remove("cell-active");
      cell.removeAttribute("id");
    });
    const row = this.active.row < 0 ? this.head : this.rows.get(this.active.row);
    const cell = row?.querySelector(`[aria-colindex="${this.active.column + 1}"]`);
    if (!cell) return this.element.removeAttribute("aria-activedescendant");
    cell.classList.add("cell-active");
    cell.id = `${this.element.id}-active`;
    this.element.setAttribute("aria-activedescendant", cell.id);
  }
}
