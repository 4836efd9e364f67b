/** From values to places on a drawing, and the axes that say so. */
import { durationTicks, formatTick, logTicks, numberTicks, tickStep } from "../../chart/ticks";
import { formatTime } from "../../format";
import type { ColumnType } from "../../types";
import type { Theme } from "../../theme";
import type { Mark } from "./marks";

export interface Tick {
  place: number;
  text: string;
}

export interface Scale {
  /** the place of a value; NaN for what has none */
  place: (value: number | string) => number;
  ticks: readonly Tick[];
}

export interface NumberScale {
  values: readonly number[];
  from: number;
  to: number;
  log?: boolean;
  type?: ColumnType;
  /** how many ticks there is room for */
  count?: number;
  /** room at both ends as a share of the whole */
  room?: number;
}

function ticksOf(low: number, high: number, { log, type, count = 5 }: NumberScale): { value: number; text: string }[] {
  if (log) {
    const ticks = logTicks(low, high, count);
    const step = tickStep(ticks);
    return ticks.map((value) => ({ value, text: formatTick(value, "log", step) }));
  }
  const ticks = type === "duration" ? durationTicks(low, high, count) : numberTicks(low, high, count);
  const step = tickStep(ticks);
  if (type === "time") return ticks.map((value) => ({ value, text: formatTime(value).slice(0, high - low > 172_800 ? 10 : 16) }));
  return ticks.map((value) => ({ value, text: formatTick(value, type === "duration" ? "duration" : "number", step || Math.abs(value) || 1) }));
}

/** A scale of numbers with a little room at both ends. */
export function numberScale(options: NumberScale): Scale {
  const { values, from, to, log = false, room = 0.05 } = options;
  const good = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  let low = good.reduce((a, b) => Math.min(a, b), Infinity);
  let high = good.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!good.length) [low, high] = log ? [1, 10] : [0, 1];
  const see = log ? Math.log : (value: number) => value;
  const back = log ? Math.exp : (value: number) => value;
  let [first, last] = [see(low), see(high)];
  // A single value is worth a tick, and stands in the middle.
  const widen = last > first ? (last - first) * room : log ? Math.LN2 : Math.abs(first) * 0.1 || 0.5;
  [first, last] = [first - widen, last + widen];
  const place = (value: number | string) => {
    if (typeof value !== "number" || (log && !(value > 0))) return NaN;
    return from + ((see(value) - first) / (last - first)) * (to - from);
  };
  const ticks = ticksOf(back(first), back(last), options).map(({ value, text }) => ({ place: place(value), text }));
  return { place, ticks };
}

/** A scale of words, evenly spaced; where there are more than there is room for, some go without a label. */
export function wordScale(words: readonly string[], from: number, to: number, most = Infinity): Scale {
  const step = (to - from) / Math.max(1, words.length);
  const at = new Map(words.map((word, index) => [word, from + (index + 0.5) * step]));
  const every = Math.max(1, Math.ceil(words.length / Math.max(1, most)));
  return {
    place: (value) => at.get(String(value)) ?? NaN,
    ticks: words.flatMap((word, index) => (index % every ? [] : [{ place: at.get(word) as number, text: word }])),
  };
}

export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export type Measure = (text: string) => number;

/** The text, or as much of it as there is room for. */
export function fitted(text: string, room: number, measure: Measure): string {
  if (measure(text) <= room) return text;
  let kept = Math.max(1, Math.floor((text.length * room) / Math.max(1, measure(text))));
  while (kept > 1 && measure(`${text.slice(0, kept)}…`) > room) kept -= 1;
  return `${text.slice(0, kept).trimEnd()}…`;
}

type Colours = Pick<Theme, "line" | "muted" | "text">;

/** Grid lines and labels below a plot; labels that would touch the one before are left out. */
export function xAxis({ ticks }: Scale, { left, right, top, bottom }: Frame, { line, muted }: Colours, measure: Measure): Mark[] {
  const marks: Mark[] = [];
  let free = -Infinity;
  for (const { place, text } of ticks) {
    if (!(place >= left - 1 && place <= right + 1)) continue;
    marks.push({ mark: "line", points: [place, top, place, bottom], colour: line });
    const shown = fitted(text, 120, measure);
    const half = measure(shown) / 2;
    const x = Math.min(Math.max(place, left + half - 24), right - half + 8);
    if (x - half < free) continue;
    marks.push({ mark: "text", x, y: bottom + 11, text: shown, colour: muted, anchor: "middle" });
    free = x + half + 8;
  }
  return marks;
}

/** Grid lines and labels left of a plot. */
export function yAxis({ ticks }: Scale, { left, right, top, bottom }: Frame, { line, muted }: Colours, measure: Measure): Mark[] {
  const marks: Mark[] = [];
  let free = Infinity;
  for (const { place, text } of [...ticks].sort((a, b) => b.place - a.place)) {
    if (!(place >= top - 1 && place <= bottom + 1)) continue;
    marks.push({ mark: "line", points: [left, place, right, place], colour: line });
    if (place > free) continue;
    marks.push({ mark: "text", x: left - 6, y: place, text: fitted(text, left - 8, measure), colour: muted, anchor: "end" });
    free = place - 13;
  }
  return marks;
}

/** How wide the labels left of a plot are, within reason. */
export function labelWidth({ ticks }: Pick<Scale, "ticks">, most: number, measure: Measure): number {
  return Math.min(most, Math.max(12, ...ticks.map(({ text }) => measure(text)))) + 10;
}
