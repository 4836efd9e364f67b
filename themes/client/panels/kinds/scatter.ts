/** A point for each run: one column against another. */
import { runNames } from "../../runs";
import type { Column, RunsData, ScatterPanel } from "../../types";
import { type Colours, coloursOf } from "./colours";
import type { Look, Nothing, Picture } from "./chart";
import { findColumn, isNumbers, numberAt, plural, shownRuns, wordList, wordsOf } from "./columns";
import type { Hit } from "./hits";
import { LEGEND_HEIGHT, hasLegend, legendMarks } from "./legend";
import type { Mark } from "./marks";
import { type Frame, type Scale, fitted, labelWidth, numberScale, wordScale, xAxis, yAxis } from "./scales";

const MANY = 400;

interface Side {
  column: Column;
  log: boolean;
}

function valueOf({ column }: Side, run: number): number | string {
  return isNumbers(column) ? numberAt(column, run) : wordsOf(column, column.values[run]);
}

function hasPlace(side: Side, run: number): boolean {
  const value = valueOf(side, run);
  return typeof value === "string" ? value !== "" : Number.isFinite(value) && (!side.log || value > 0);
}

function scaleOf({ column, log }: Side, runs: readonly number[], from: number, to: number, size: number): Scale {
  if (!isNumbers(column)) return wordScale(wordList(column, runs), from, to, Math.floor(Math.abs(to - from) / size));
  const values = runs.map((run) => numberAt(column, run));
  return numberScale({ values, from, to, log, type: column.type, count: Math.max(2, Math.abs(to - from) / (size * 4)) });
}

function lost(x: Side, y: Side, shown: readonly number[], drawn: number): string[] {
  const belowZero = shown.filter((run) => [x, y].some((side) => side.log && isNumbers(side.column) && numberAt(side.column, run) <= 0)).length;
  const without = shown.length - drawn - belowZero;
  return [...(without ? [`${plural(without, "run")} without a value, left out`] : []), ...(belowZero ? [`${belowZero} not above 0, left out`] : [])];
}

function pairsOf(run: number, name: string, columns: readonly (Column | null)[]): [string, string][] {
  const seen = new Set<string>();
  const told = columns.flatMap((column): [string, string][] => {
    if (!column || seen.has(column.key)) return [];
    seen.add(column.key);
    return [[column.label, wordsOf(column, column.values[run])]];
  });
  return [["", name], ...told];
}

interface Plot {
  x: Side;
  y: Side;
  placed: readonly number[];
  colours: Colours;
}

function plotMarks({ x, y, placed, colours }: Plot, { size, theme, measure }: Look): { marks: Mark[]; at: (run: number) => [number, number] } {
  const legend = hasLegend(colours);
  const frame: Frame = { left: 0, right: size.width - 8, top: legend ? LEGEND_HEIGHT + 6 : 8, bottom: size.height - 36 };
  const yScale = scaleOf(y, placed, frame.bottom, frame.top, 14);
  frame.left = labelWidth(yScale, size.width * 0.3, measure) + 16;
  const xScale = scaleOf(x, placed, frame.left, frame.right, 20);
  const at = (run: number): [number, number] => [xScale.place(valueOf(x, run)), yScale.place(valueOf(y, run))];
  const opacity = placed.length > MANY ? 0.6 : 0.9;
  const dots = placed.map((run): Mark => {
    const [left, top] = at(run);
    return { mark: "dot", x: left, y: top, r: placed.length > MANY ? 3 : 4.5, colour: colours.of(run), opacity };
  });
  const middle = (frame.left + frame.right) / 2;
  const titles: Mark[] = [
    { mark: "text", x: middle, y: size.height - 9, text: fitted(x.column.label, frame.right - frame.left, measure), colour: theme.muted, anchor: "middle", weight: 500 },
    { mark: "text", x: 8, y: (frame.top + frame.bottom) / 2, text: fitted(y.column.label, frame.bottom - frame.top, measure), colour: theme.muted, anchor: "middle", weight: 500, turned: true },
  ];
  const key = legend ? legendMarks(colours, frame.left, frame.right, theme, measure) : [];
  return { marks: [...xAxis(xScale, frame, theme, measure), ...yAxis(yScale, frame, theme, measure), ...titles, ...key, ...dots], at };
}

/** The scatter plot of the runs that are shown. */
export function scatterPicture(panel: ScatterPanel, runs: RunsData, look: Look): Picture | Nothing {
  const [xColumn, yColumn] = [findColumn(runs, panel.x), findColumn(runs, panel.y)];
  if (!xColumn) return { why: `No run has “${panel.x}”.` };
  if (!yColumn) return { why: `No run has “${panel.y}”.` };
  const x = { column: xColumn, log: panel.logX === true && isNumbers(xColumn) };
  const y = { column: yColumn, log: panel.logY === true && isNumbers(yColumn) };
  const shown = shownRuns(runs, look.settings.hidden);
  if (!shown.length) return { why: "Every run is hidden." };
  const placed = shown.filter((run) => hasPlace(x, run) && hasPlace(y, run));
  if (!placed.length) return { why: `None of ${plural(shown.length, "run")} has both ${xColumn.label} and ${yColumn.label}${x.log || y.log ? " above 0" : ""}.` };
  const colour = panel.color ? findColumn(runs, panel.color) : null;
  const colours = coloursOf(runs, placed, colour, look.settings, look.theme);
  const names = runNames(runs);
  const { marks, at } = plotMarks({ x, y, placed, colours }, look);
  const columns = [xColumn, yColumn, ...(colour ? [colour] : [])];
  const hits = placed.map((run): Hit => {
    const [left, top] = at(run);
    return { x: left, y: top, run, pairs: pairsOf(run, names[run] ?? "", columns) };
  });
  const missing = panel.color && !colour ? [`no run has “${panel.color}”`] : [];
  return {
    marks,
    hits: hits.sort((a, b) => a.x - b.x),
    note: [plural(placed.length, "run"), ...lost(x, y, shown, placed.length), ...missing].join(" · "),
    summary: `${yColumn.label} against ${xColumn.label}: ${plural(placed.length, "run")}${colour ? `, coloured by ${colour.label}` : ""}.`,
    table: {
      columns: ["run", ...columns.map(({ label }) => label)],
      rows: placed.map((run) => [names[run] ?? "", ...columns.map((column) => (isNumbers(column) ? numberAt(column, run) : wordsOf(column, column.values[run])))]),
    },
  };
}
