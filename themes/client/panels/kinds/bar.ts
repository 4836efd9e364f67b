/** A metric by run or by group, the best first. */
import { groupsBy, runNames } from "../../runs";
import { lowerIsBetter } from "../../table/columns";
import type { BarPanel, Column, RunsData } from "../../types";
import { BAND_NAMES } from "../band_names";
import { coloursOf } from "./colours";
import type { Look, Nothing, Picture } from "./chart";
import { findColumn, isNumbers, numberAt, plural, shownRuns, wordsOf } from "./columns";
import type { Hit } from "./hits";
import type { Mark } from "./marks";
import { type Frame, fitted, labelWidth, numberScale, xAxis } from "./scales";
import { type Summary, summaryOf } from "./statistics";

const ROW = 20;
const LEAST_ROW = 12;

export interface Bar extends Summary {
  name: string;
  runs: readonly number[];
}

/** The bars of some runs, the best first; runs without a number have none. */
export function barsOf(runs: RunsData, column: Column, shown: readonly number[], look: Pick<Look, "settings">, groupBy: readonly string[]): Bar[] {
  const names = runNames(runs);
  const sign = lowerIsBetter(column.key) ? 1 : -1;
  const groups = groupBy.length ? groupsBy(runs, groupBy) : null;
  const members = new Map<string, number[]>();
  for (const run of shown) {
    if (!Number.isFinite(numberAt(column, run))) continue;
    const key = groups ? String(groups.of[run]) : String(run);
    const own = members.get(key);
    if (own) own.push(run);
    else members.set(key, [run]);
  }
  const bars = [...members.values()].map((own): Bar => {
    const [first = 0] = own;
    const name = groups ? (groups.names[groups.of[first] ?? 0] ?? "") : (names[first] ?? "");
    return { name, runs: own, ...summaryOf(own.map((run) => numberAt(column, run)), look.settings) };
  });
  return bars.sort((a, b) => sign * (a.center - b.center) || a.name.localeCompare(b.name, undefined, { numeric: true }));
}

function errorMarks({ low, high, center }: Bar, at: (value: number) => number, y: number, colour: string): Mark[] {
  if (!(high > low) || !Number.isFinite(center)) return [];
  const [left, right] = [at(low), at(high)];
  return [
    { mark: "line", points: [left, y, right, y], colour, width: 1.5 },
    { mark: "line", points: [left, y - 4, left, y + 4], colour, width: 1.5 },
    { mark: "line", points: [right, y - 4, right, y + 4], colour, width: 1.5 },
  ];
}

function pairsOf(bar: Bar, column: Column, grouped: boolean): [string, string][] {
  const pairs: [string, string][] = [["", bar.name], [column.label, wordsOf(column, bar.center)]];
  if (grouped && bar.high > bar.low) pairs.push(["band", `${wordsOf(column, bar.low)} – ${wordsOf(column, bar.high)}`]);
  if (grouped) pairs.push(["n", String(bar.n)]);
  return pairs;
}

function barMarks(bars: readonly Bar[], column: Column, colourOf: (run: number) => string, look: Look): { marks: Mark[]; rows: { y: number; height: number }[] } {
  const { size, theme, measure } = look;
  const names = { ticks: bars.map(({ name }) => ({ place: 0, text: name })) };
  const frame: Frame = { left: labelWidth(names, size.width * 0.4, measure), right: size.width - 12, top: 4, bottom: size.height - 22 };
  const ends = bars.flatMap(({ low, high, center }) => [low, high, center]).filter(Number.isFinite);
  // Bars are lengths, so they begin at 0.
  const scale = numberScale({ values: [0, ...ends], from: frame.left, to: frame.right - 44, type: column.type, count: Math.max(2, (frame.right - frame.left) / 80), room: 0 });
  const zero = scale.place(0);
  const row = Math.min(28, (frame.bottom - frame.top) / Math.max(1, bars.length));
  const rows: { y: number; height: number }[] = [];
  const marks = xAxis(scale, frame, theme, measure);
  bars.forEach((bar, index) => {
    const y = frame.top + (index + 0.5) * row;
    const end = scale.place(bar.center);
    const colour = colourOf(bar.runs[0] ?? 0);
    rows.push({ y, height: row });
    marks.push({ mark: "box", x: Math.min(zero, end), y: y - row * 0.34, width: Math.max(1, Math.abs(end - zero)), height: row * 0.68, colour, opacity: 0.85 });
    marks.push(...errorMarks(bar, (value) => scale.place(value), y, theme.text));
    marks.push({ mark: "text", x: frame.left - 6, y, text: fitted(bar.name || "—", frame.left - 10, measure), colour: theme.muted, anchor: "end" });
    const right = Math.max(end, bar.high > bar.low ? scale.place(bar.high) : end, zero);
    marks.push({ mark: "text", x: right + 6, y, text: wordsOf(column, bar.center, 4), colour: theme.text });
  });
  return { marks, rows };
}

/** The bars of the runs that are shown. */
export function barPicture(panel: BarPanel, runs: RunsData, look: Look): Picture | Nothing {
  const column = findColumn(runs, panel.metric);
  if (!column) return { why: `No run has “${panel.metric}”.` };
  if (!isNumbers(column)) return { why: `${column.label} is not a number in every run, so it has no bars.` };
  const shown = shownRuns(runs, look.settings.hidden);
  if (!shown.length) return { why: "Every run is hidden." };
  const own = panel.group ? findColumn(runs, panel.group) : null;
  const groupBy = own ? [own.key] : look.settings.groupBy;
  const grouped = groupBy.length > 0;
  const bars = barsOf(runs, column, shown, look, groupBy);
  if (!bars.length) return { why: `None of ${plural(shown.length, "run")} has a value of ${column.label}.` };
  const room = Math.max(1, Math.floor((look.size.height - 26) / (bars.length * ROW > look.size.height ? LEAST_ROW : ROW)));
  const kept = bars.slice(0, Math.min(room, panel.limit && panel.limit > 0 ? Math.floor(panel.limit) : Infinity));
  const colours = coloursOf(runs, shown, own, look.settings, look.theme);
  const { marks, rows } = barMarks(kept, column, colours.of, look);
  const what = grouped ? "group" : "run";
  const parts = [kept.length < bars.length ? `${kept.length} of ${plural(bars.length, what)}, best first` : `${plural(bars.length, what)}, best first`];
  if (grouped) parts.push(`${look.settings.center}, ${BAND_NAMES[look.settings.band]}`);
  const without = shown.length - bars.reduce((sum, { n }) => sum + n, 0);
  if (without) parts.push(`${plural(without, "run")} without a value, left out`);
  if (panel.group && !own) parts.push(`no run has “${panel.group}”`);
  const [best] = kept;
  return {
    marks,
    hits: kept.map((bar, index): Hit => {
      const { y = 0, height = 0 } = rows[index] ?? {};
      const [run] = bar.runs;
      const pairs = pairsOf(bar, column, grouped);
      return { x: look.size.width / 2, y, width: look.size.width - 2, height, pairs, ...(!grouped && run !== undefined && { run }) };
    }),
    note: parts.join(" · "),
    summary: `${column.label} of ${plural(bars.length, what)}: the best is ${best?.name ?? ""} with ${wordsOf(column, best?.center ?? null)}.`,
    table: grouped
      ? { columns: ["group", look.settings.center, "low", "high", "runs"], rows: bars.map(({ name, center, low, high, n }) => [name, center, low, high, n]) }
      : { columns: ["run", column.label], rows: bars.map(({ name, center }) => [name, center]) },
  };
}
