/** One number, large: the best of the runs shown, or what they come to; of groups the best one, with the others below. */
import { formatNumber } from "../../format";
import { lowerIsBetter } from "../../table/columns";
import type { Column, RunsData, ScalarPanel } from "../../types";
import { BAND_NAMES } from "../band_names";
import type { PanelSettings } from "../settings";
import { type Bar, barsOf } from "./bar";
import { coloursOf } from "./colours";
import type { Look, Nothing, Picture } from "./chart";
import { findColumn, isNumbers, numberAt, plural, shownRuns, wordsOf } from "./columns";
import type { Hit } from "./hits";
import type { Mark } from "./marks";
import { fitted } from "./scales";
import { summaryOf } from "./statistics";

const BIG = 40;
const ROW = 20;

/** How much better the first is than the second, in words; empty when there is none. */
export function deltaText(bars: readonly Pick<Bar, "center" | "name">[], lower: boolean): string {
  const [first, second] = bars;
  if (!first || !second) return "";
  const delta = first.center - second.center;
  if (!delta) return `as ${second.name}`;
  const better = lower ? "below" : "above";
  return `${formatNumber(Math.abs(delta), 3)} ${better} ${second.name}`;
}

function reach({ low, high, center, n }: Bar, band: string): string {
  if (!(high > low) || band === "none") return `n = ${n}`;
  const even = Math.abs(high - center - (center - low)) < 1e-9 * Math.max(1, Math.abs(center));
  return `${even ? `± ${formatNumber(high - center, 2)}` : `${formatNumber(low, 4)} – ${formatNumber(high, 4)}`}, n = ${n}`;
}

interface Told {
  /** what the number is: "highest", "mean of 12 runs" */
  words: string;
  list: readonly Bar[];
  /** whether a number stands for several runs */
  grouped: boolean;
}

function tell(panel: ScalarPanel, runs: RunsData, column: Column, shown: readonly number[], settings: PanelSettings): Told {
  const { groupBy, center } = settings;
  const first = lowerIsBetter(column.key) ? "lowest" : "highest";
  if (groupBy.length) return { words: `${first} ${center}`, list: barsOf(runs, column, shown, { settings }, groupBy), grouped: true };
  if (panel.center !== "mean" && panel.center !== "median") return { words: first, list: barsOf(runs, column, shown, { settings }, []), grouped: false };
  const having = shown.filter((run) => Number.isFinite(numberAt(column, run)));
  const all = { name: "", runs: having, ...summaryOf(having.map((run) => numberAt(column, run)), settings) };
  return { words: `${center} of ${plural(having.length, "run")}`, list: having.length ? [all] : [], grouped: true };
}

function bigMarks(best: Bar, words: string, facts: string, colour: string | null, column: Column, { size, theme, measure }: Look): Mark[] {
  const left = colour ? 26 : 12;
  return [
    { mark: "text", x: 12, y: 14, text: words, colour: theme.muted },
    { mark: "text", x: 12, y: 46, text: wordsOf(column, best.center, 5), colour: theme.text, size: BIG, weight: 600 },
    ...(colour ? [{ mark: "dot", x: 16, y: 80, r: 4, colour } as const] : []),
    { mark: "text", x: left, y: 80, text: fitted(facts, size.width - left - 10, measure), colour: theme.muted },
  ];
}

function rowMarks(bar: Bar, y: number, value: string, colour: string, { size, theme, measure }: Look): Mark[] {
  return [
    { mark: "dot", x: 16, y, r: 4, colour },
    { mark: "text", x: size.width - 12, y, text: value, colour: theme.text, anchor: "end" },
    { mark: "text", x: 26, y, text: fitted(bar.name || "—", size.width - 54 - measure(value), measure), colour: theme.muted },
  ];
}

/** The number of the runs that are shown. */
export function scalarPicture(panel: ScalarPanel, runs: RunsData, look: Look): Picture | Nothing {
  const column = findColumn(runs, panel.metric);
  if (!column) return { why: `No run has “${panel.metric}”.` };
  if (!isNumbers(column)) return { why: `${column.label} is not a number in every run.` };
  const shown = shownRuns(runs, look.settings.hidden);
  if (!shown.length) return { why: "Every run is hidden." };
  const chosen = panel.center === "mean" || panel.center === "median" ? panel.center : look.settings.center;
  const settings = { ...look.settings, center: chosen };
  const { words, list, grouped } = tell(panel, runs, column, shown, settings);
  const [best] = list;
  if (!best) return { why: `None of ${plural(shown.length, "run")} has a value of ${column.label}.` };
  const colours = coloursOf(runs, shown, null, settings, look.theme);
  const colourOf = (bar: Bar) => colours.of(bar.runs[0] ?? 0);
  const isAlone = grouped && !settings.groupBy.length;
  const facts = [...(isAlone ? [] : [best.name || "—"]), ...(grouped ? [reach(best, settings.band)] : []), deltaText(list, lowerIsBetter(column.key))].filter(Boolean);
  const rest = list.slice(1, 1 + Math.max(0, Math.floor((look.size.height - 100) / ROW)));
  const valueOf = (bar: Bar) => `${wordsOf(column, bar.center, 5)}${grouped ? ` ${reach(bar, settings.band)}` : ""}`;
  const yOf = (index: number) => 108 + index * ROW;
  const hits = [best, ...rest].map((bar, index): Hit => {
    const [run] = bar.runs;
    const [y, height] = index ? [yOf(index - 1), ROW] : [50, 84];
    const pairs: Hit["pairs"] = [["", bar.name || words], [column.label, wordsOf(column, bar.center, 9)]];
    return { x: look.size.width / 2, y, width: look.size.width - 2, height, pairs, ...(!grouped && run !== undefined && { run }) };
  });
  const left = list.length - 1 - rest.length;
  const notes = [...(grouped ? [BAND_NAMES[settings.band]] : []), ...(left > 0 ? [`and ${plural(left, settings.groupBy.length ? "group" : "run")} more`] : [])];
  return {
    marks: [
      ...bigMarks(best, words, facts.join(" · "), isAlone ? null : colourOf(best), column, look),
      ...rest.flatMap((bar, index) => rowMarks(bar, yOf(index), valueOf(bar), colourOf(bar), look)),
    ],
    hits,
    note: notes.join(" · "),
    summary: `${column.label}: ${words}, ${[wordsOf(column, best.center), ...facts].join(", ")}.`,
    table: grouped
      ? { columns: ["group", chosen, "low", "high", "runs"], rows: list.map((bar) => [bar.name || "all", bar.center, bar.low, bar.high, bar.n]) }
      : { columns: ["run", column.label], rows: list.map(({ name, center }) => [name, center]) },
  };
}
