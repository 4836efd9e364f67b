/** Parallel coordinates: columns as axes side by side, a line across them for each run. */
import { runNames } from "../../runs";
import type { Column, ParallelPanel, RunsData } from "../../types";
import { coloursOf } from "./colours";
import type { Look, Nothing, Picture } from "./chart";
import { findColumn, isNumbers, isWide, numberAt, plural, shownRuns, wordList, wordsOf } from "./columns";
import type { Hit } from "./hits";
import { LEGEND_HEIGHT, hasLegend, legendMarks } from "./legend";
import type { Mark } from "./marks";
import { type Scale, fitted, numberScale, wordScale } from "./scales";

/** A part of an axis in shares of its length, from the bottom. */
export type Brush = readonly [number, number];

export interface ParallelAxis {
  column: Column;
  x: number;
  scale: Scale;
  /** where an axis begins and ends, in px; runs without a value stand below it */
  top: number;
  bottom: number;
}

const WITHOUT = 14;
const MANY = 300;

function axisScale(column: Column, shown: readonly number[], top: number, bottom: number): Scale {
  if (!isNumbers(column)) return wordScale(wordList(column, shown), bottom, top, Math.floor((bottom - top) / 14));
  const values = shown.map((run) => numberAt(column, run));
  return numberScale({ values, from: bottom, to: top, log: column.group === "config" && isWide(values), type: column.type, count: 5, room: 0.03 });
}

/** The axes of a panel. */
export function parallelAxes(columns: readonly Column[], shown: readonly number[], { size }: Pick<Look, "size">, hasKey: boolean): ParallelAxis[] {
  const top = 26 + (hasKey ? LEGEND_HEIGHT + 4 : 0);
  const bottom = size.height - 10 - WITHOUT;
  const room = size.width / columns.length;
  return columns.map((column, index) => ({ column, x: (index + 0.5) * room, scale: axisScale(column, shown, top, bottom), top, bottom }));
}

/** Where a run is on an axis; below it when it has no value there. */
export function placeOn({ column, scale, bottom }: ParallelAxis, run: number): number {
  const value = isNumbers(column) ? numberAt(column, run) : wordsOf(column, column.values[run]);
  const place = scale.place(value);
  return Number.isFinite(place) ? place : bottom + WITHOUT;
}

/** The runs that every brush lets through. */
export function brushed(axes: readonly ParallelAxis[], shown: readonly number[], brushes: ReadonlyMap<string, Brush>): number[] {
  const limits = axes.flatMap((axis) => {
    const brush = brushes.get(axis.column.key);
    if (!brush) return [];
    const length = axis.bottom - axis.top;
    return [{ axis, low: axis.bottom - brush[1] * length - 0.5, high: axis.bottom - brush[0] * length + 0.5 }];
  });
  return shown.filter((run) => limits.every(({ axis, low, high }) => placeOn(axis, run) >= low && placeOn(axis, run) <= high));
}

function axisMarks({ column, x, scale, top, bottom }: ParallelAxis, room: number, isLast: boolean, { theme, measure }: Look): Mark[] {
  const side = isLast ? -1 : 1;
  const labels = scale.ticks.flatMap(({ place, text }): Mark[] => [
    { mark: "line", points: [x - 3, place, x + 3, place], colour: theme.faint },
    // Lines run through the labels.
    { mark: "box", x: isLast ? x - 8 - measure(fitted(text, room * 0.55, measure)) : x + 4, y: place - 6, width: measure(fitted(text, room * 0.55, measure)) + 4, height: 12, colour: theme.page, opacity: 0.75 },
    { mark: "text", x: x + 6 * side, y: place, text: fitted(text, room * 0.55, measure), colour: theme.muted, anchor: isLast ? "end" : "start", size: 10 },
  ]);
  return [
    { mark: "line", points: [x, top, x, bottom], colour: theme.faint },
    { mark: "text", x, y: top - 14, text: fitted(column.label, room - 8, measure), colour: theme.text, anchor: "middle", weight: 600 },
    ...labels,
  ];
}

/** The columns of a panel that the runs have, each once; and the names of those that they have not. */
export function chosenColumns(panel: Pick<ParallelPanel, "columns">, runs: RunsData): { columns: Column[]; unknown: string[] } {
  const columns: Column[] = [];
  const unknown: string[] = [];
  for (const name of panel.columns) {
    const found = findColumn(runs, name);
    if (!found) unknown.push(name);
    else if (!columns.includes(found)) columns.push(found);
  }
  return { columns, unknown };
}

export interface ParallelPicture extends Picture {
  axes: readonly ParallelAxis[];
  /** the runs that the brushes leave */
  kept: readonly number[];
}

/** The picture of the runs shown; those that a brush leaves out are pale. */
export function parallelPicture(panel: ParallelPanel, runs: RunsData, look: Look, brushes: ReadonlyMap<string, Brush>): ParallelPicture | Nothing {
  const { columns, unknown } = chosenColumns(panel, runs);
  if (columns.length < 2) {
    return { why: unknown.length ? `No run has ${unknown.map((name) => `“${name}”`).join(", ")}.` : "Parallel coordinates need two columns or more." };
  }
  const shown = shownRuns(runs, look.settings.hidden);
  if (!shown.length) return { why: "Every run is hidden." };
  const colour = panel.color ? findColumn(runs, panel.color) : null;
  const colours = coloursOf(runs, shown, colour, look.settings, look.theme);
  const hasKey = hasLegend(colours);
  const axes = parallelAxes(columns, shown, look, hasKey);
  const kept = brushed(axes, shown, brushes);
  const isKept = new Set(kept);
  const line = (run: number, isIn: boolean): Mark => ({
    mark: "line",
    points: axes.flatMap((axis) => [axis.x, placeOn(axis, run)]),
    colour: isIn ? colours.of(run) : look.theme.faint,
    width: isIn ? 1.5 : 1,
    opacity: isIn ? (kept.length > MANY ? 0.35 : 0.8) : 0.15,
  });
  const names = runNames(runs);
  const room = look.size.width / axes.length;
  const without = shown.some((run) => axes.some((axis) => placeOn(axis, run) > axis.bottom));
  const parts = [kept.length < shown.length ? `${kept.length} of ${plural(shown.length, "run")}` : plural(shown.length, "run")];
  if (!brushes.size) parts.push("drag along an axis to choose");
  if (without) parts.push("below an axis: no value");
  if (unknown.length) parts.push(`no run has ${unknown.join(", ")}`);
  const told = [...columns, ...(colour && !columns.includes(colour) ? [colour] : [])];
  return {
    axes,
    kept,
    marks: [
      ...(hasKey ? legendMarks(colours, 8, look.size.width - 8, look.theme, look.measure) : []),
      ...shown.filter((run) => !isKept.has(run)).map((run) => line(run, false)),
      ...kept.map((run) => line(run, true)),
      ...axes.flatMap((axis, index) => axisMarks(axis, room, index === axes.length - 1, look)),
    ],
    hits: kept.flatMap((run) =>
      axes.map((axis): Hit => ({ x: axis.x, y: placeOn(axis, run), run, pairs: [["", names[run] ?? ""], ...told.map((column): [string, string] => [column.label, wordsOf(column, column.values[run])])] })),
    ),
    note: parts.join(" · "),
    summary: `${columns.map(({ label }) => label).join(", ")} of ${plural(kept.length, "run")}${kept.length < shown.length ? `, chosen from ${shown.length}` : ""}.`,
    table: {
      columns: ["run", ...told.map(({ label }) => label)],
      rows: kept.map((run) => [names[run] ?? "", ...told.map((column) => (isNumbers(column) ? numberAt(column, run) : wordsOf(column, column.values[run])))]),
    },
  };
}
