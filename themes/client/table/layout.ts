/** The arithmetic of a windowed table: how wide columns are, where they stand, and which rows and columns are in sight. */
import type { Column } from "../types";
import { cellText, isNumeric } from "./columns";
import { groupText } from "./group";

export const ROW_HEIGHT = 32;
export const GROUP_HEAD_HEIGHT = 24;
export const COLUMN_HEAD_HEIGHT = 32;

const CHARACTER = 7.7;
const PADDING = 26;
const HEAD_PADDING = 42;
const SAMPLE = 200;
const NARROWEST = 64;
const WIDEST = 280;

export interface Range {
  /** first in sight */
  first: number;
  /** one past the last in sight */
  end: number;
}

/** A width in px that holds most of a column's texts and its head. */
export function columnWidth(column: Column, runs: readonly number[], groups: readonly (readonly number[])[] = []): number {
  if (column.type === "state") return 104;
  const step = Math.max(1, Math.floor(runs.length / SAMPLE));
  let longest = 0;
  for (let index = 0; index < runs.length; index += step) {
    longest = Math.max(longest, cellText(column, column.values[runs[index] ?? 0]).length);
  }
  for (const group of groups.slice(0, SAMPLE)) longest = Math.max(longest, groupText(column, group).length);
  const chips = column.type === "list" ? 24 : 0;
  const wanted = Math.max(longest * CHARACTER + PADDING + chips, column.label.length * 7.2 + HEAD_PADDING);
  const limit = isNumeric(column) ? 240 : WIDEST;
  return Math.round(Math.min(limit, Math.max(NARROWEST, wanted)));
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
