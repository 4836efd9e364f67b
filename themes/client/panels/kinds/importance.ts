/** What the configuration has to do with a metric: correlation over the runs shown, importance by a random forest of the build. */
import { formatNumber } from "../../format";
import type { Column, Forest, ImportancePanel, RunsData } from "../../types";
import type { Look, Nothing, Picture } from "./chart";
import { findColumn, isNumbers, numberAt, plural, shownRuns, wordsOf } from "./columns";
import type { Hit } from "./hits";
import type { Mark } from "./marks";
import { fitted, labelWidth } from "./scales";
import { rankCorrelation, varianceBetween } from "./statistics";

/** Fewer runs than these say nothing about a correlation. */
export const LEAST_RUNS = 5;
const ROW = 22;
const HEAD = 20;
const FOOT = 36;

export interface Factor {
  column: Column;
  /** Spearman's for numbers, with its sign; for words the root of the share of variance between them, which has none */
  correlation: number;
  isSigned: boolean;
  importance: number;
  spread: number;
  /** runs that have both */
  n: number;
}

function correlate(column: Column, metric: Column, runs: readonly number[]): Pick<Factor, "correlation" | "isSigned" | "n"> {
  const isSigned = isNumbers(column);
  const both = runs.filter((run) => Number.isFinite(numberAt(metric, run)) && (isSigned ? Number.isFinite(numberAt(column, run)) : wordsOf(column, column.values[run]) !== ""));
  const numbers = both.map((run) => numberAt(metric, run));
  if (both.length < LEAST_RUNS) return { correlation: NaN, isSigned, n: both.length };
  if (isSigned) return { correlation: rankCorrelation(both.map((run) => numberAt(column, run)), numbers), isSigned, n: both.length };
  const words = both.map((run) => wordsOf(column, column.values[run]));
  // As many words as runs explain everything and mean nothing.
  if (new Set(words).size * 2 > both.length) return { correlation: NaN, isSigned, n: both.length };
  return { correlation: Math.sqrt(varianceBetween(words, numbers)), isSigned, n: both.length };
}

function size(value: number): number {
  return Number.isFinite(value) ? Math.abs(value) : -1;
}

/** What each config key that differs has to do with a metric: by importance where there is one, else by correlation. */
export function factorsOf(runs: RunsData, metric: Column, shown: readonly number[], forest: Forest | null): Factor[] {
  const known = new Map(forest?.missing ? [] : (forest?.keys ?? []).map((one) => [one.key, one]));
  const factors = runs.columns
    .filter(({ group, values }) => group === "config" && new Set(shown.map((run) => JSON.stringify(values[run] ?? null))).size > 1)
    .map((column): Factor => {
      const one = known.get(column.key);
      return { column, ...correlate(column, metric, shown), importance: one?.importance ?? NaN, spread: one?.spread ?? NaN };
    })
    .filter(({ correlation, importance }) => Number.isFinite(correlation) || Number.isFinite(importance));
  return factors.sort((a, b) => size(b.importance) - size(a.importance) || size(b.correlation) - size(a.correlation));
}

function correlationText({ correlation, isSigned }: Factor): string {
  if (!Number.isFinite(correlation)) return "—";
  return isSigned && correlation > 0 ? `+${correlation.toFixed(2)}` : correlation.toFixed(2);
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${formatNumber(share * 100, share < 0.1 ? 2 : 3)} %` : "—";
}

interface Lanes {
  left: number;
  /** of importance, and of correlation; each with room for its numbers */
  forest: { from: number; to: number } | null;
  correlation: { from: number; to: number };
}

function lanesOf(factors: readonly Factor[], hasForest: boolean, { size: room, measure }: Look): Lanes {
  const left = labelWidth({ ticks: factors.map(({ column }) => ({ place: 0, text: column.label })) }, room.width * 0.34, measure);
  const half = (room.width - left - 8) / (hasForest ? 2 : 1);
  const forest = hasForest ? { from: left, to: left + half - 50 } : null;
  const start = hasForest ? left + half : left;
  return { left, forest, correlation: { from: start, to: start + half - 44 } };
}

function rowMarks(factor: Factor, y: number, lanes: Lanes, most: number, { theme, measure }: Look): Mark[] {
  const marks: Mark[] = [{ mark: "text", x: lanes.left - 6, y, text: fitted(factor.column.label, lanes.left - 10, measure), colour: theme.muted, anchor: "end" }];
  const { forest, correlation } = lanes;
  if (forest) {
    const width = Number.isFinite(factor.importance) ? (factor.importance / most) * (forest.to - forest.from) : 0;
    marks.push({ mark: "box", x: forest.from, y: y - 6, width, height: 12, colour: theme.accent, opacity: 0.85 });
    marks.push({ mark: "text", x: forest.from + width + 6, y, text: percent(factor.importance), colour: theme.text });
  }
  const middle = (correlation.from + correlation.to) / 2;
  const end = middle + (Number.isFinite(factor.correlation) ? factor.correlation : 0) * (correlation.to - middle);
  // Up and down differ by side and by colour, and the number has a sign.
  const colour = (factor.correlation < 0 ? theme.runs[1] : theme.runs[0]) ?? theme.accent;
  marks.push({ mark: "line", points: [middle, y - 9, middle, y + 9], colour: theme.line });
  marks.push({ mark: "box", x: Math.min(middle, end), y: y - 6, width: Math.abs(end - middle), height: 12, colour, opacity: 0.85 });
  marks.push({ mark: "text", x: correlation.to + 6, y, text: correlationText(factor), colour: theme.text });
  return marks;
}

/** What is to be said about the forest in a few words. */
export function forestWords(forest: Forest | null, missing: string): string {
  if (missing) return missing;
  if (!forest) return "the build made no forest for this metric";
  if (forest.missing) return forest.missing;
  const of = forest.runs < forest.of ? `${forest.runs} of ${plural(forest.of, "run")}` : plural(forest.runs, "run");
  const doubt = forest.score < 0.3 ? ": do not trust it" : "";
  return `forest of the build: ${of}, out-of-bag R² ${forest.score.toFixed(2)}${doubt}`;
}

/** The picture; `forest` and `missing` are what the build left for the metric. */
export function importancePicture(panel: ImportancePanel, runs: RunsData, look: Look, forest: Forest | null, missing: string): Picture | Nothing {
  const metric = findColumn(runs, panel.metric);
  if (!metric) return { why: `No run has “${panel.metric}”.` };
  if (!isNumbers(metric)) return { why: `${metric.label} is not a number in every run.` };
  const shown = shownRuns(runs, look.settings.hidden).filter((run) => Number.isFinite(numberAt(metric, run)));
  if (shown.length < LEAST_RUNS) return { why: `Too few runs: ${plural(shown.length, "run")} of those shown have ${metric.label}, and this needs ${LEAST_RUNS}.` };
  const factors = factorsOf(runs, metric, shown, forest);
  if (!factors.length) return { why: "The runs shown do not differ in their configuration." };
  const hasForest = Boolean(forest && !forest.missing && forest.keys.length);
  const lanes = lanesOf(factors, hasForest, look);
  const most = Math.max(forest?.noise ?? 0, ...factors.map(({ importance }) => (Number.isFinite(importance) ? importance : 0)), 1e-9);
  const kept = factors.slice(0, Math.max(1, Math.floor((look.size.height - HEAD - FOOT) / ROW)));
  const { theme } = look;
  const heads: Mark[] = [];
  const y = (index: number) => HEAD + (index + 0.5) * ROW;
  if (lanes.forest) {
    heads.push({ mark: "text", x: lanes.forest.from, y: 9, text: "importance", colour: theme.muted, weight: 600 });
    const noise = lanes.forest.from + ((forest?.noise ?? 0) / most) * (lanes.forest.to - lanes.forest.from);
    heads.push({ mark: "line", points: [noise, HEAD, noise, HEAD + kept.length * ROW], colour: theme.muted, dash: [3, 3] });
  }
  heads.push({ mark: "text", x: (lanes.correlation.from + lanes.correlation.to) / 2, y: 9, text: "correlation", colour: theme.muted, anchor: "middle", weight: 600 });
  // What the numbers are worth stands in the picture, and goes along when it is taken away.
  const told = [forestWords(forest, missing), ...(hasForest ? ["dashed: what a column of random numbers gets"] : [])];
  const words = told.map((text, index): Mark => {
    const bottom = look.size.height - 26 + index * 16;
    return { mark: "text", x: 8, y: bottom, text: fitted(text, look.size.width - 16, look.measure), colour: theme.muted };
  });
  const parts = [`correlation: ${plural(shown.length, "run")} shown`];
  if (kept.length < factors.length) parts.unshift(`${kept.length} of ${factors.length} keys`);
  const [first] = factors;
  return {
    marks: [...kept.flatMap((factor, index) => rowMarks(factor, y(index), lanes, most, look)), ...heads, ...words],
    hits: kept.map((factor, index): Hit => ({
      x: look.size.width / 2,
      y: y(index),
      width: look.size.width - 2,
      height: ROW,
      pairs: [
        ["", factor.column.label],
        ...(hasForest ? [["importance", `${percent(factor.importance)} ± ${percent(factor.spread)}`] as const] : []),
        [factor.isSigned ? "rank correlation" : "correlation ratio", correlationText(factor)],
        ["runs", String(factor.n)],
      ],
    })),
    note: parts.join(" · "),
    summary: `What ${metric.label} depends on, ${plural(factors.length, "key")}; first ${first?.column.label ?? ""}. ${[...parts, ...told].join("; ")}.`,
    table: {
      columns: ["key", "importance", "± over trees", "correlation", "kind", "runs"],
      rows: factors.map(({ column, importance, spread, correlation, isSigned, n }) => [column.label, importance, spread, correlation, isSigned ? "rank" : "ratio", n]),
    },
  };
}
