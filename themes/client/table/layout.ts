/** The arithmetic of a windowed table: how wide columns are, where they stand, and which rows and columns are in sight. */
import type { Column } from "../types";
import { cellText, columnNumbers, EYE, isMetric } from "./columns";
import { signed } from "./delta";
import { everyGroup, groupText, isAveraged, type Group } from "./group";

export const ROW_HEIGHT = 32;
export const GROUP_HEAD_HEIGHT = 24;
export const COLUMN_HEAD_HEIGHT = 32;

const PADDING = 26;
const HEAD_PADDING = 40;
/** what stands beside the text: a dot before a name, the edges of chips, the dot of the best value */
const DOT = 20;
const CHIP = 19;
const INDENT = 20;
const GAP = 8;
const EYE_WIDTH = 60;
/** "baseline" beside a name */
const BASELINE = 68;
/** runs whose cells are looked at, and how many of the longest are measured: measuring is what costs */
const SAMPLE = 100;
const MEASURED = 3;
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

/** The greatest width of some texts: that of one of the longest. */
function widest(texts: readonly string[], measure: Measure): number {
  const longest = [...new Set(texts)].sort((left, right) => right.length - left.length).slice(0, MEASURED);
  return longest.reduce((width, text) => Math.max(width, measure(text)), 0);
}

function tagsWidth(column: Column, runs: readonly number[], measure: Measure): number {
  return runs.reduce((width, run) => {
    const cell = column.values[run];
    const tags = Array.isArray(cell) ? cell : [];
    return Math.max(width, tags.reduce((sum, tag) => sum + Math.min(measure(tag) * 0.86, 170) + CHIP, 0));
  }, 0);
}

/** What stands beside the texts of a column. */
function besideWidth(column: Column, groups: readonly Group[], baseline: number, runs: readonly number[], measure: Measure): number {
  let beside = column.key === "name" || isMetric(column) ? DOT : 0;
  if (column.key === "name" && groups.length) beside += INDENT * (1 + Math.max(...groups.map((group) => group.depth)));
  if (baseline < 0) return beside;
  if (column.key === "name") return beside + BASELINE;
  if (!isAveraged(column)) return beside;
  const numbers = columnNumbers(column);
  const differences = runs.map((run) => (numbers[run] ?? NaN) - (numbers[baseline] ?? NaN)).filter(Number.isFinite);
  return differences.length ? beside + GAP + widest(differences.map((each) => signed(column, each)), measure) * 0.86 : beside;
}

/** Runs evenly spread over all. Not by a filter: this is asked for every column. */
function sampled(runs: readonly number[]): number[] {
  const step = Math.max(1, Math.floor(runs.length / SAMPLE));
  const sample: number[] = [];
  for (let index = 0; index < runs.length; index += step) sample.push(runs[index] ?? 0);
  return sample;
}

/** A width in px that holds a column's texts, of a sample of the runs, and its head. */
export function columnWidth(
  column: Column,
  runs: readonly number[],
  shown: { groups: readonly Group[] | null; baseline: number } | undefined,
  measure: Measure,
): number {
  if (column.key === EYE) return EYE_WIDTH;
  if (column.type === "state") return 112;
  const sample = sampled(runs);
  const groups = everyGroup(shown?.groups ?? []).slice(0, SAMPLE);
  const texts = [...sample.map((run) => cellText(column, column.values[run])), ...groups.map((group) => groupText(column, group.runs))];
  const content = column.key === "tags" ? tagsWidth(column, sample, measure) : widest(texts, measure);
  const beside = besideWidth(column, groups, shown?.baseline ?? -1, sample, measure);
  const wanted = Math.max(content + beside + PADDING, Math.min(WIDEST_LABEL, measure(column.label) * 0.95) + HEAD_PADDING);
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
export function rowsInSight(top: number, height: number, count: number, spare = 4): Range {
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - spare);
  const end = Math.min(count, Math.ceil((top + height) / ROW_HEIGHT) + spare);
  return { first: Math.min(first, end), end };
}

/** Where to scroll so that a stretch lies between two edges; the same place if it does already. */
export function scrolledTo(position: number, size: number, start: number, end: number): number {
  if (start < position) return start;
  return end > position + size ? end - size : position;
}
