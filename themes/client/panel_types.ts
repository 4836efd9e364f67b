/** The panels that kinds.js draws, and the data that only they load: a part of `types`. */
import type { Center, DataRef, Numbers } from "./types";

/** What the other panels have in common. Columns are named as in the runs table: "config.lr", "summary.val/acc". */
interface OwnPanel { title?: string; height?: number }
/** A point for each run. */
export interface ScatterPanel extends OwnPanel { kind: "scatter"; x: string; y: string; color?: string; logX?: boolean; logY?: boolean }
/** Bars of runs or of groups, the best first. */
export interface BarPanel extends OwnPanel { kind: "bar"; metric: string; group?: string; limit?: number }
/** A logged histogram over the steps of one run; `run` is its id. */
export interface HeatmapPanel extends OwnPanel { kind: "heatmap"; metric: string; run?: string }
/** Parallel coordinates: a line for each run over axes that are columns. */
export interface ParallelPanel extends OwnPanel { kind: "parallel"; columns: string[]; color?: string }
/** What the configuration has to do with a metric. */
export interface ImportancePanel extends OwnPanel { kind: "importance"; metric: string }
/** One number: the best, or the center of all runs shown. */
export interface ScalarPanel extends OwnPanel { kind: "scalar"; metric: string; center?: "best" | Center }
/** What runs logged under a key, at a step or at the last one before it; without one at the last. */
export interface MediaPanel extends OwnPanel { kind: "media"; key: string; step?: number }
export interface TextPanel extends OwnPanel { kind: "text"; markdown: string }
/** A Vega-Lite specification of the project over the runs: `specs/<name>.json`. */
export interface SpecPanel extends OwnPanel { kind: "spec"; name: string }

export type KindsPanel =
  | ScatterPanel
  | BarPanel
  | HeatmapPanel
  | ParallelPanel
  | ImportancePanel
  | ScalarPanel
  | MediaPanel
  | TextPanel
  | SpecPanel;
/** A key that runs logged media under. */
export interface MediaKey { key: string; kind: string; runs: number }
/**
 * key "<slug>/media": by the number of the run, where its RunMedia are, null for none: keys with histograms alone, and all others;
 * and the runs that have each key
 */
export interface MediaPlaces { histograms: (DataRef | null)[]; media: (DataRef | null)[]; keys: Record<string, number[]> }
/** key "<slug>/r/<run>/histograms" and "…/media": what a run logged, by key and in the order of steps */
export interface RunMedia { run: number; media: Record<string, RunMedium[]> }
/** A histogram has `bins` and `values`; what has a file has its uri; anything else is shown on the page of the run alone. */
export interface RunMedium {
  step: number;
  kind: string;
  caption?: string;
  uri?: string;
  width?: number;
  height?: number;
  bins?: Numbers;
  values?: number[];
}

/** key "<slug>/importance": of each metric that was looked at, what a random forest makes of the configuration. */
export interface Importance {
  /** why there is no forest at all; in words */
  missing?: string;
  metrics: Record<string, Forest>;
}
/** What a random forest learned to predict a metric from; `missing` says why there is none. */
export interface Forest {
  missing?: string;
  /** runs that it learned from, and all that have the metric */
  runs: number;
  of: number;
  /** coefficient of determination on runs that a tree has not seen: 1 is perfect, 0 no better than the mean */
  score: number;
  /** what a column of random numbers gets beside the keys */
  noise: number;
  /** shares of the whole, most important first */
  keys: { key: string; importance: number; spread: number }[];
}

/** A file `specs/<name>.json` over the runs: where the VegaChart is, or what is wrong with it. */
export interface SpecEntry { name: string; title: string; data?: DataRef; problem?: string }
