/** What differs from the baseline: the difference of a number with its sign, and whether that is for the better. */
import { formatDuration, formatNumber } from "../format";
import type { Column } from "../types";
import { columnNumbers, isMetric, lowerIsBetter, plainText } from "./columns";
import { isAveraged } from "./group";

export interface Delta {
  /** with its sign; `±0` when there is no difference */
  text: string;
  /** 1 better, -1 worse, 0 neither */
  better: -1 | 0 | 1;
}

/** A difference with its sign. */
export function signed(column: Column, difference: number): string {
  if (difference === 0) return "±0";
  const size = Math.abs(difference);
  const text = column.type === "duration" ? formatDuration(size) : formatNumber(size, 3);
  return `${difference > 0 ? "+" : "−"}${text}`;
}

/** A value, or the mean of a group, against the baseline; null where one of them has no number, or was set and not measured. */
export function delta(column: Column, value: number, baseline: number): Delta | null {
  if (!isAveraged(column)) return null;
  const difference = value - (columnNumbers(column)[baseline] ?? NaN);
  if (!Number.isFinite(difference)) return null;
  const sign = Math.sign(difference) as -1 | 0 | 1;
  const better = isMetric(column) ? ((lowerIsBetter(column.key) ? -sign : sign) as -1 | 0 | 1) : 0;
  return { text: signed(column, difference), better: better === 0 ? 0 : better };
}

/** Whether a run was given the same as the baseline in a column of the configuration. */
export function isSame(column: Column, run: number, baseline: number): boolean {
  return column.group === "config" && run !== baseline && plainText(column.values[run]) === plainText(column.values[baseline]);
}
