/**
 * The twin of reportgen/document/: what the build writes and the browser reads.
 *
 * Data arrive by classic scripts, `reportgen.put(key, payload)`, inserted on demand, so that one code path serves http
 * and file://. Every url is relative to the data root (the parent of `data/`), which the script tag names:
 * `<script src="../assets/reportgen.HASH.js" data-root="../">`.
 */

import type { KindsPanel, MediaKey, SpecEntry } from "./panel_types";

export type * from "./panel_types";

export interface DataRef { key: string; url: string }

/** `data/manifest.js`, key "manifest". The only file whose name carries no hash. */
export interface Manifest {
  version: 1;
  generator: string;
  /** project name -> where its index is */
  projects: Record<string, DataRef>;
  /** where the SearchIndex is; absent in sites of an older version */
  search?: DataRef;
}

/** key "search" */
export interface SearchIndex { pages: SearchPage[]; projects: SearchProject[] }
/** `words` can be found too but are not shown; headings are [id, title] */
export interface SearchPage { kind: "page" | "report"; title: string; url: string; words?: string; headings?: [string, string][] }
/** The runs are the newest first, column by column; `left` is how many are not here. */
export interface SearchProject {
  name: string;
  home: string;
  workspace: string;
  compare: string;
  runs: string;
  metrics: string[];
  names: string[];
  /** the page of a run is at `<slug>/index.html` beside the page of all runs; 0 where the slug is the name */
  slugs: (string | 0)[];
  words: string[];
  left: number;
}

/** key "<slug>/index" */
export interface ProjectIndex {
  project: string;
  /** page urls */
  pages: { home: string; workspace: string; runs: string; compare: string; reports: string };
  runs: DataRef;
  /** of a project of many runs: RunsData in which only the columns of the group `run` and `column` have values */
  first?: DataRef;
  /** key of the column that the project is about; empty for none */
  column: string;
  metrics: MetricEntry[];
  system: MetricEntry[];
  /** vega panels of the workspace (scatter, bar, …), authored at build time */
  panels: VegaPanel[];
  /** of the files `views/*.yml`, by name */
  views: View[];
  /** the keys of the media that its runs logged, and where these are: MediaPlaces; absent without any */
  media: MediaKey[];
  mediaOf?: DataRef;
  /** absent when there is nothing that could be important for anything: no two runs that differ */
  importance?: DataRef;
  specs: SpecEntry[];
}

/** A value as people write it in a file. */
export type Plain = PlainValue | { readonly [key: string]: readonly string[] | readonly number[] } | readonly { readonly [key: string]: PlainValue }[];
export type PlainValue = string | number | boolean | readonly string[] | readonly number[];

/** A saved state of the workspace. */
export interface View {
  /** the file's, without its extension */
  name: string;
  title: string;
  description: string;
  /** shown when the address of the workspace has no state */
  default: boolean;
  /** the fields of workspace/state.ts under their names in the address; a field that is not here has its first value */
  state: Record<string, Plain>;
}

export interface MetricEntry {
  name: string;
  /** prefix before the last "/", or "" */
  section: string;
  hidden: boolean;
  /** runs that logged it */
  runs: number;
  /** its curves, some runs at a time: the numbers of the first and the last that may be in a part. Parts without any are left out */
  overviews: OverviewPart[];
  /** the metric that it is drawn over instead of the step */
  xName?: string;
}

/** `data` leads to Overview, `preview` to PreviewPart: only where there are many runs, and the metric is drawn over the step */
export interface OverviewPart { first: number; last: number; data: DataRef; preview?: DataRef }

export type RunState = "finished" | "failed" | "crashed" | "running";
export type Cell = number | string | boolean | null | string[];
export type ColumnType = "number" | "string" | "boolean" | "time" | "duration" | "list" | "state";

/** One column of the runs table. Keys: "name", "state", "config.lr", "summary.val/acc", … */
export interface Column {
  key: string;
  label: string;
  group: "run" | "config" | "summary" | "system";
  type: ColumnType;
  /** in the RunsData of `ProjectIndex.first` empty for columns that come later */
  values: Cell[];
  /** of those: whether there are different values */
  varies?: boolean;
}

/** key "<slug>/runs": every run of a project, oldest first, columnar. A run's index here is its number everywhere. */
export interface RunsData {
  project: string;
  ids: string[];
  /** url of each run's page */
  urls: string[];
  columns: Column[];
}

/** Evenly spaced numbers from, from+by, …; n of them, the last one `to` if that is given. What most step columns are. */
export interface Ramp { from: number; by: number; n: number; to?: number }
/** Floats of 32 or 64 bits in Base64: the lowest bytes of all of them, then the next. */
export type Packed = { f4: string } | { f8: string };
/** null stands for NaN; floats as they are where the browser made them */
export type Numbers = (number | null)[] | Ramp | Packed | Float64Array;

/**
 * Points, or entries that stand for `bucket` of them each; with bucket 1 min, max and mean are absent. Entry i covers raw
 * points [i*bucket, (i+1)*bucket): step, time and last are those of its last point.
 */
export interface Columns {
  bucket: number;
  step: Numbers;
  /** seconds since the run started */
  time: Numbers;
  /** place on the metric that this one is drawn over; does not decrease */
  x?: Numbers;
  last: Numbers;
  min?: Numbers;
  max?: Numbers;
  mean?: Numbers;
  /** entries that hold what is not finite: [entry, how many NaN, inf, -inf] */
  bad?: [number, number, number, number][];
}

/** One metric of one run. */
export interface Curve extends Columns {
  /** index into RunsData */
  run: number;
  /** raw points in all */
  rows: number;
  /** finer levels, or where they are; absent when bucket is 1 */
  deeper?: DataRef | TileIndex;
  /** where the LogLevel is, for logarithmic x; beside `deeper` when that is a reference */
  log?: DataRef;
  /** where no `x` is, for some points have no place on that metric or they go back: those that have one, in its order, with `x` */
  over?: Curve;
}

/**
 * key "<slug>/ov/<metric>/<part>/preview": the runs of a part in few entries, by column: numbers of the runs, raw points in all, the
 * least and the greatest step, and the least and the greatest finite value. `levels`, in Base64, has for each run a byte an entry:
 * the least value, then the greatest, then the last step; from 0 to 254 between those two, 255 for none.
 */
export interface PreviewPart { metric: string; runs: Numbers; rows: Numbers; first: Numbers; last: Numbers; low: Numbers; high: Numbers; levels: string }

/** key "<slug>/ov/<metric>/<part>", "<slug>/system/<metric>/<part>": some runs of an overview, by number */
export interface Overview { metric: string; curves: Curve[] }

/**
 * key "<slug>/r/<run>/charts" and "<slug>/r/<run>/system": the main line of each metric, and where the rest is.
 * Also key "<slug>/r/<run>/bands" and "…/system/bands": a curve's `last` is the mean over ranks, and it has min and max at any bucket.
 */
export interface RunCurves {
  run: number;
  curves: Record<string, Curve>;
  /** metric -> RankCurves, for every metric that several ranks logged */
  ranks?: Record<string, DataRef>;
  /** the bands of all those metrics */
  bands?: DataRef;
  /** RankCurves of what later attempts have replaced */
  overwritten?: DataRef;
}

/** A curve of a rank; of one of its attempts when that is given. */
export interface RankCurve { rank: string; attempt?: number; curve: Curve }
/** key "<slug>/r/<run>/ranks/<metric>/curves" and "…/system/ranks/<metric>/curves" (one metric), "<slug>/r/<run>/overwritten" (all) */
export interface RankCurves { run: number; curves: Record<string, RankCurve[]> }

/** key "<slug>/r/<run>/<metric>/tiles": what `Curve.deeper` leads to; finest level last (bucket 1 = raw). */
export interface TileIndex { levels: { bucket: number; tiles: TileEntry[] }[] }
/**
 * `first` and `last` are indices of entries at that level; step, time and x their least and greatest place, absent for none.
 * With `metric`, `data` leads to the RunCurves that have the tile under this name.
 */
export interface TileEntry { first: number; last: number; data: DataRef; metric?: string; step?: Span; time?: Span; x?: Span }
export type Span = [number, number];
/** Part of a level; of a short curve its whole, from the dataset of its run. */
export type Tile = Columns & { over?: Columns };
/** key "<slug>/r/<run>/<metric>/log": entries evenly spaced in the logarithm of their place; `bucket` is the most points of one. */
export interface LogLevel extends Columns {
  /** the last raw point of each entry */
  ends: Numbers;
}

export type XAxis = "step" | "relative" | "wall";
/** An axis, or `metric:<name>`: the metric of that name, joined by step. */
export type XChoice = XAxis | `metric:${string}`;

/** Time-weighted exponential moving average; Gaussian; mean within a window. */
export type SmoothKind = "ema" | "gaussian" | "mean";

/** The center line of a group of runs. */
export type Center = "mean" | "median";
/**
 * The band about it: sample standard deviation, standard error of the mean or 95 % confidence interval of the mean, each to
 * both sides of the mean; from the least to the greatest; none.
 */
export type BandKind = "std" | "sem" | "minmax" | "ci95" | "none";

export interface LinePanel {
  kind: "line";
  title: string;
  project: string;
  metrics: string[];
  /** overview: all runs, one file a metric; run and system: one run, one file */
  source: "overview" | "run" | "system";
  /** for "run" and "system": where the RunCurves are, put in by the build; overviews are found through the ProjectIndex */
  data?: DataRef;
  /** ids; null means every run of the project */
  runs: string[] | null;
  x?: XChoice;
  /** the metric that stands in for the step: `x` and `over` of the curves are places on it */
  xName?: string;
  /** 0 to 0.99 */
  smooth?: number;
  smoothBy?: SmoothKind;
  /** regular expression: the metrics of the project that it finds are drawn beside `metrics` */
  pattern?: string;
  /** what is drawn instead of the values: an expression of `y`, the metric, or of metrics by name (chart/expression.ts) */
  y?: string;
  /** the y axis leaves outliers outside (chart/outliers.ts) */
  ignoreOutliers?: boolean;
  logX?: boolean;
  logY?: boolean;
  /** px */
  height?: number;
  /** show a legend under the plot (panels without a run list beside them) */
  legend?: boolean;
  /** for "run" and "system": the rank whose line is the main one, and how many have this metric; absent for a run of one process */
  ranks?: { main: string; count: number };
  /** for "run": whether later attempts have replaced some of its points, or all of them */
  overwritten?: "some" | "all";
  /** config key: colour by its value instead of by run */
  colorBy?: string;
  /** keys of columns: a line with a band for each group of runs with the same values, instead of a line for each run */
  group?: string | readonly string[];
  center?: Center;
  band?: BandKind;
}

/** A Vega spec compiled at build time. `data` leads to VegaChart. */
export interface VegaPanel { kind: "vega"; title: string; data: DataRef; height?: number; id?: string }
/** key "charts/<hash>": a Vega spec; colours come from the config that the client makes from the CSS tokens. */
export interface VegaChart { spec: Record<string, unknown> }

export type Panel = LinePanel | VegaPanel | KindsPanel;

export interface TableOptions {
  project: string;
  runs?: string[] | null;
  columns?: string[];
  /** "config.lr" or "-summary.val/acc" for descending; several in order */
  sort?: string[];
  group?: string;
  filter?: string;
  /** whether the state is kept in the URL (the runs page) or not (a table in a report) */
  url?: boolean;
}

export * from "./media/types";
export * from "./console/types";
