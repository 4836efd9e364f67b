/** How wide the columns of a grid are: as the reader wants them, or as what is in them needs. */
import type { Column } from "../types";
import { columnWidth } from "./layout";
import type { TableView } from "./view";

/** Measures texts in the font of an element. */
function measureIn(host: HTMLElement): (text: string) => number {
  const context = document.createElement("canvas").getContext("2d");
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(host);
  // The shorthand is empty where a page asks for tabular numbers, so the parts.
  if (context) context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return (text) => context?.measureText(text).width ?? text.length * 8;
}

export class ColumnSizes {
  private readonly known = new Map<string, number>();
  private measure: ((text: string) => number) | null = null;

  constructor(private readonly host: HTMLElement) {}

  /** Forgets what was measured, because other rows are shown. */
  forget(): void {
    this.known.clear();
    this.measure = null;
  }

  /** The width of a column in px; `chosen` are those that the reader has made wider or narrower. */
  of(column: Column, view: TableView | undefined, chosen: ReadonlyMap<string, number> | undefined): number {
    const wanted = chosen?.get(column.key);
    if (wanted !== undefined) return wanted;
    let width = this.known.get(column.key);
    if (width === undefined) {
      this.measure ??= measureIn(this.host);
      width = columnWidth(column, view?.all ?? [], view, this.measure);
      this.known.set(column.key, width);
    }
    return width;
  }
}
