/** The columns of a runs table as numbers that sort fast, as text that people read, and what stands out in them. */
import { formatDuration, formatNumber, formatTime } from "../format";
import type { Cell, Column, RunsData } from "../types";

/** Names of metrics to be minimised; the twin of lower_is_better in reportgen/reading/summary.py. */
const LOWER_IS_BETTER =
  /loss|err|perplexity|ppl|(?:^|[^a-z])(?:mae|mse|rmse|mape|nll|fid|wer|cer|bpc|bpd|time|latency|duration|regret)(?![a-z])/i;

/** Names of metrics of which more is better. Of any other number nobody can say which run is the best. */
const HIGHER_IS_BETTER =
  /acc|auc|auroc|f1|precision|recall|score|reward|return|bleu|rouge|(?:^|[^a-z])(?:iou|map|dice|r2|psnr|ssim|elo|win|success)(?![a-z])/i;

const numbersOf = new WeakMap<Column, Float64Array>();
const ranksOf = new WeakMap<Column, Float64Array>();
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Whether a column's values are numbers, stand at the right and have a mean. */
export function isNumeric(column: Column): boolean {
  return column.type === "number" || column.type === "duration" || column.type === "time";
}

/** A column as floats; NaN where there is no number. */
export function columnNumbers(column: Column): Float64Array {
  let numbers = numbersOf.get(column);
  if (!numbers) {
    const { values } = column;
    // A plain loop: this runs over every number of the table, and `from` with a function takes five times as long.
    numbers = new Float64Array(values.length);
    for (let run = 0; run < values.length; run += 1) {
      const cell = values[run];
      numbers[run] = typeof cell === "number" ? cell : typeof cell === "boolean" ? Number(cell) : NaN;
    }
    numbersOf.set(column, numbers);
  }
  return numbers;
}

/** What a column sorts by: its numbers, or the place of each text among all of them; NaN where there is nothing. */
export function columnRanks(column: Column): Float64Array {
  if (isNumeric(column) || column.type === "boolean") return columnNumbers(column);
  let ranks = ranksOf.get(column);
  if (!ranks) {
    const texts = column.values.map(plainText);
    const place = new Map([...new Set(texts)].sort(collator.compare).map((text, index) => [text, index]));
    ranks = Float64Array.from(texts, (text) => (text === "" ? NaN : (place.get(text) ?? NaN)));
    ranksOf.set(column, ranks);
  }
  return ranks;
}

/** A value with nothing lost, as it is copied and written to CSV; empty for nothing. */
export function plainText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "";
  return Array.isArray(cell) ? cell.join(", ") : String(cell);
}

/** A value as it stands in its cell. */
export function cellText(column: Pick<Column, "type">, cell: Cell | undefined): string {
  if (typeof cell === "number") {
    if (column.type === "time") return formatTime(cell);
    if (column.type === "duration") return formatDuration(cell);
    return formatNumber(cell, 4);
  }
  return plainText(cell);
}

/** The whole value for a tooltip, where the cell shows less than all of it. */
export function cellTitle(column: Pick<Column, "type">, cell: Cell | undefined): string {
  if (typeof cell === "number" && column.type === "time") return formatTime(cell, true);
  if (typeof cell === "number" && column.type === "duration") return `${cell} s`;
  return plainText(cell);
}

/** Whether a metric of this name is one to be minimised. */
export function lowerIsBetter(key: string): boolean {
  return LOWER_IS_BETTER.test(key);
}

/** Whether a column says which run is better: a number of the summary with a name that tells what good is. */
export function isMetric(column: Column): boolean {
  if (column.group !== "summary" || column.type !== "number") return false;
  return lowerIsBetter(column.key) || HIGHER_IS_BETTER.test(column.key);
}

/** The best value of a metric among some runs; NaN where there is no best one. */
export function bestValue(column: Column, runs: Iterable<number>): number {
  if (!isMetric(column)) return NaN;
  const [least, most] = extent(column, runs);
  if (least === most) return NaN;
  return lowerIsBetter(column.key) ? least : most;
}

/** The best mean of a metric among those of some groups; NaN where there is no best one. */
export function bestMean(column: Column, means: readonly number[]): number {
  const finite = means.filter(Number.isFinite);
  if (!isMetric(column) || finite.length < 2) return NaN;
  return lowerIsBetter(column.key) ? Math.min(...finite) : Math.max(...finite);
}

/** The least and the greatest finite number of a column among some runs; NaN without any. */
export function extent(column: Column, runs: Iterable<number>): [number, number] {
  const numbers = columnNumbers(column);
  let least = NaN;
  let most = NaN;
  for (const run of runs) {
    const value = numbers[run] ?? NaN;
    if (!Number.isFinite(value)) continue;
    if (!(value >= least)) least = value;
    if (!(value <= most)) most = value;
  }
  return [least, most];
}

/** Whether some of these runs differ in a column. */
export function differs(column: Column, runs: ArrayLike<number>): boolean {
  if (runs.length < 2) return true;
  const first = column.values[runs[0] ?? 0];
  const text = plainText(first);
  for (let index = 1; index < runs.length; index += 1) {
    const cell = column.values[runs[index] ?? 0];
    if (cell !== first && plainText(cell) !== text) return true;
  }
  return false;
}

/** The key of the column with the eyes, which is no column of the runs. */
export const EYE = "eye";

/** The narrow column at the very left: a tick and an eye for each run. */
export const eyeColumn: Column = { key: EYE, label: "", group: "run", type: "boolean", values: [] };

/** Columns by key. */
export function columnsByKey(data: RunsData): Map<string, Column> {
  return new Map(data.columns.map((column) => [column.key, column]));
}
