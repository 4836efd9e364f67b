/** Which colour each run has: its own, that of its group, or its place on a ramp of numbers. */
import { PALETTE_SIZE } from "../../colour";
import { channels } from "../../media/mask";
import { columnLabels, groupsBy } from "../../runs";
import type { Theme } from "../../theme";
import type { Column, RunsData } from "../../types";
import { type PanelSettings, colourKeys } from "../settings";
import { isNumbers, isWide, numberAt, wordsOf } from "./columns";

/** Colours of the palette from low to high, as points in space have them: bluish, greenish, yellowish. */
const RAMP = [0, 2, 4] as const;

/** A colour at a share of the way through others; all as `#rrggbb`. */
export function between(colours: readonly string[], share: number): string {
  const place = Math.min(Math.max(share, 0), 1) * (colours.length - 1);
  const [from, to] = [channels(colours[Math.floor(place)] ?? ""), channels(colours[Math.ceil(place)] ?? "")];
  const parts = from.map((part, index) => Math.round((part + ((to[index] as number) - part) * (place % 1)) * 255));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

export interface Colours {
  of: (run: number) => string;
  /** what the colours are about; empty for one colour a run */
  label: string;
  /** names of colours, where there are few */
  names: { name: string; colour: string }[];
  /** ends of the ramp, where there is one */
  ramp: { low: string; high: string; colours: string[] } | null;
}

/** More names than these are no legend. */
const MOST_NAMES = 12;

function ramped(column: Column, runs: readonly number[], { runs: palette, faint }: Theme): Colours {
  const numbers = runs.map((run) => numberAt(column, run)).filter(Number.isFinite);
  const see = isWide(numbers) ? Math.log : (value: number) => value;
  const [least, most] = [numbers.reduce((a, b) => Math.min(a, b), Infinity), numbers.reduce((a, b) => Math.max(a, b), -Infinity)];
  const colours = RAMP.map((place) => palette[place] ?? faint);
  const of = (run: number) => {
    const value = numberAt(column, run);
    if (!Number.isFinite(value)) return faint;
    return between(colours, most > least ? (see(value) - see(least)) / (see(most) - see(least)) : 0.5);
  };
  const ends = { low: wordsOf(column, least, 3), high: wordsOf(column, most, 3) };
  return { of, label: column.label, names: [], ramp: numbers.length ? { ...ends, colours } : null };
}

/** The colours of some runs: by a column of the panel's own, else as the workspace has it. */
export function coloursOf(runs: RunsData, shown: readonly number[], column: Column | null, settings: PanelSettings, theme: Theme): Colours {
  if (column && isNumbers(column)) return ramped(column, shown, theme);
  const keys = column ? [column.key] : colourKeys(settings);
  const palette = (place: number) => theme.runs[place % PALETTE_SIZE] ?? theme.accent;
  if (!keys.length) return { of: palette, label: "", names: [], ramp: null };
  const { names, of } = groupsBy(runs, keys);
  const present = [...new Set(shown.map((run) => of[run] ?? 0))].sort((a, b) => a - b);
  const legend = present.length <= MOST_NAMES ? present.map((place) => ({ name: names[place] ?? "", colour: palette(place) })) : [];
  return { of: (run) => palette(of[run] ?? 0), label: columnLabels(runs, keys), names: legend, ramp: null };
}
