/** The arithmetic of a windowed table: how wide columns are, where they stand, and which rows and columns are in sight. */
import type { Column } from "../types";
import { cellText, isMetric } from "./columns";
import { groupText } from "./group";

export const ROW_HEIGHT = 32;
export const GROUP_HEAD_HEIGHT = 24;
export const COLUMN_HEAD_HEIGHT = 32;

const PADDING = 26;
const HEAD_PADDING = 40;
/** what stands beside the text: a dot before a name, the edges of chips, the dot of the best value */
const DOT = 20;
const CHIP = 19;
const INDENT = 20;
const SAMPLE = 200;
const NARROWEST = 64;
const WIDEST = 280;
const WIDEST_LABEL = 140;

export interface Range {
  /** first in sight */
  first: number;
  /** one past the last in sight */
  end: number;
}

/** How wide a text is in px. */
export type Measure = (text: string) => number;

function contentWidth(column: Column, run: number, measure: Measure): number {
  const cell = column.values[run];
  if (column.key === "tags" && Array.isArray(cell)) {
    return cell.reduce((width, tag) => width + Math.min(measure(tag) * 0.86, 170) + CHIP, 0);
  }
  return measure(cellText(column, cell)) + (column.key === "name" || isMetric(column) ? DOT : 0);
}

/** A width in px that holds a column's texts, of a sample of the runs, and its head. */
export function columnWidth(
  column: Column,
  runs: readonly number[],
  groups: readonly (readonly number[])[],
  measure: Measure,
): number {
  if (column.type === "state") return 112;
  const step = Math.max(1, Math.floor(runs.length / SAMPLE));
  let widest = 0;
  for (let index = 0; index < runs.length; index += step) {
    widest = Math.max(widest, contentWidth(column, runs[index] ?? 0, measure));
  }
  if (column.key === "name" && groups.length) widest += INDENT;
  for (const group of groups.slice(0, SAMPLE)) widest = Math.max(widest, measure(groupText(column, group)));
  const wanted = Math.max(widest + PADDING, Math.min(WIDEST_LABEL, measure(column.label) * 0.95) + HEAD_PADDING);
  return Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, wanted)));
}

/** Where each column begins, and the end of the last one. */
export function columnOffsets(widths: readonly number[]): number[] {
  const offsets = [0];
  for (const width of widths) offsets.push((offsets[offsets.length - 1] ?? 0) + width);
  return offsets;
}

/** The columns between two places in px. */
export function columnsInSight(offsets: readonly number[], from: number, to: number): Range {
  const count = offsets.length - 1;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle + 1] ?? Infinity) <= from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < count && (offsets[end] ?? 0) < to) end += 1;
  return { first: low, end };
}

/** The rows in sight, with some above and below so that a short scroll draws nothing. */
export function rowsInSight(top: number, height: number, count: number, spare = 6): Range {
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - spare);
  const end = Math.min(count, Math.ceil((top + height) / ROW_HEIGHT) + spare);
  return { first: Math.min(first, end), end };
}

/** Where to scroll so that a stretch lies between two edges; the same place if it does already. */
export function scrolledTo(position: number, size: number, start: number, end: number): number {
  if (start < position) return start;
  return end > position + size ? end - size : position;
}
