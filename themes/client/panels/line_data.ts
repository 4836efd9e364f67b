/** The data of a line panel: which curves it has, and to which runs they belong. */
import { DataError, load } from "../data";
import { previewCurves } from "../chart/preview";
import { allRuns, firstRuns } from "../all_runs";
import { runNames, startTimes } from "../runs";
import type { Curve, DataRef, LinePanel, MetricEntry, Overview, OverviewPart, PreviewPart, ProjectIndex, RunCurves, RunsData } from "../types";

/** One metric of one run. */
export interface PanelLine {
  key: string;
  run: number;
  name: string;
  /** index into the panel's metrics */
  metric: number;
  /** the main line of a run, one of a rank, the band of all ranks, or what a later attempt has replaced */
  kind: "main" | "rank" | "band" | "tail";
  /** name of its rank; empty where there is only one */
  rank: string;
  /** of the rank among the others */
  place: number;
  /** start of the run in seconds since the epoch; NaN when unknown */
  started: number;
  curve: Curve;
}

/** A part of an overview that has not been asked for, because none of its runs is shown. */
export interface WaitingPart extends OverviewPart {
  /** index into the panel's metrics */
  metric: number;
}

export interface PanelData {
  runs: RunsData;
  lines: PanelLine[];
  waiting: WaitingPart[];
  /** parts of which only a preview is drawn */
  previewed: WaitingPart[];
  /** where the lines are that `panels/beside.ts` adds when they are asked for */
  beside: Pick<RunCurves, "ranks" | "bands" | "overwritten">;
  /** start of the first run in seconds since the epoch; NaN when unknown */
  started: number;
}

/** What the index says of a metric. */
export function entryOf(index: ProjectIndex, panel: LinePanel, metric: string): MetricEntry | undefined {
  const entries = panel.source === "system" ? index.system : index.metrics;
  return entries.find(({ name }) => name === metric) ?? index.system.find(({ name }) => name === metric);
}

interface Loaded extends Pick<PanelData, "beside"> {
  /** of each metric, in the panel's order; a metric that nobody logged has none */
  curves: Curve[][];
}

async function loadRunCurves(panel: LinePanel, data: DataRef): Promise<Loaded> {
  const { curves, ...beside } = await load<RunCurves>(data);
  const found = panel.metrics.map((metric) => {
    const curve = Object.prototype.hasOwnProperty.call(curves, metric) ? curves[metric] : undefined;
    return curve ? [curve] : [];
  });
  return { curves: found, beside };
}

/** What a line is called: the run, the metric, or both, whichever tells the lines of the panel apart. */
function lineName(panel: LinePanel, run: string, metric: string, oneRun: boolean): string {
  if (panel.metrics.length < 2) return run;
  return oneRun ? metric : `${run} · ${metric}`;
}

/** Which runs a panel may show, and what they are called. */
interface Owners {
  runs: RunsData;
  names: readonly string[];
  started: readonly number[];
  wanted: ReadonlySet<string> | null;
}

function ownersOf(panel: LinePanel, runs: RunsData): Owners {
  return { runs, names: runNames(runs), started: startTimes(runs), wanted: panel.runs && new Set(panel.runs) };
}

function linesOf(panel: LinePanel, { runs, names, started, wanted }: Owners, curves: readonly Curve[], metric: number): PanelLine[] {
  return curves
    .filter(({ run }) => !wanted || wanted.has(runs.ids[run] ?? ""))
    .map((curve) => ({
      key: `${curve.run}/${metric}`,
      run: curve.run,
      name: panel.ranks?.main ?? lineName(panel, names[curve.run] ?? "?", panel.metrics[metric] ?? "", wanted?.size === 1),
      metric,
      kind: "main" as const,
      rank: panel.ranks?.main ?? "",
      place: 0,
      started: started[curve.run] ?? NaN,
      curve,
    }));
}

/** The parts of the overviews of a panel's metrics that may hold a run of it. */
function partsOf(panel: LinePanel, index: ProjectIndex, { runs, wanted }: Owners): WaitingPart[] {
  const numbers = wanted && [...wanted].map((id) => runs.ids.indexOf(id));
  const isOf = ({ first, last }: OverviewPart) => !numbers || numbers.some((run) => run >= first && run <= last);
  return panel.metrics.flatMap((name, metric) =>
    (entryOf(index, panel, name)?.overviews ?? []).filter(isOf).map((part) => ({ ...part, metric })),
  );
}

/** Whether one of the runs in a part is shown. */
export function isShown({ first, last }: OverviewPart, hidden: ReadonlySet<number>): boolean {
  for (let run = first; run <= last; run += 1) if (!hidden.has(run)) return true;
  return false;
}

/** How much is asked for: runs that are not hidden, and whether a preview of them will do. */
export interface Asked {
  hidden: ReadonlySet<number>;
  preview: boolean;
}

function dueParts({ waiting, previewed }: PanelData, { hidden, preview }: Asked): WaitingPart[] {
  return [...waiting, ...(preview ? [] : previewed)].filter((part) => isShown(part, hidden));
}

/** Whether what is asked for waits to be loaded. */
export function hasWaiting(data: PanelData, asked: Asked): boolean {
  return dueParts(data, asked).length > 0;
}

async function curvesOf(part: WaitingPart, preview: boolean): Promise<Curve[]> {
  return preview && part.preview ? previewCurves(await load<PreviewPart>(part.preview)) : (await load<Overview>(part.data)).curves;
}

/** Loads the parts of the overviews that hold a run that is not hidden, or previews of them. */
export async function loadShown(panel: LinePanel, data: PanelData, asked: Asked): Promise<void> {
  const parts = dueParts(data, asked);
  const isLeft = (part: WaitingPart) => !parts.includes(part);
  const before = new Set(data.previewed);
  data.waiting = data.waiting.filter(isLeft);
  data.previewed = data.previewed.filter(isLeft);
  const owners = ownersOf(panel, data.runs);
  const loads = parts.map(async (part) => linesOf(panel, owners, await curvesOf(part, asked.preview), part.metric));
  const loaded = await Promise.allSettled(loads);
  const hasCome = (place: number) => loaded[place]?.status === "fulfilled";
  const replaced = parts.filter((part, place) => before.has(part) && hasCome(place));
  const isReplaced = ({ kind, metric, run }: PanelLine) => kind === "main" && replaced.some((part) => part.metric === metric && part.first <= run && run <= part.last);
  const found = loaded.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
  data.lines = [...data.lines.filter((line) => !isReplaced(line)), ...found].sort((a, b) => a.metric - b.metric || a.run - b.run);
  parts.forEach((part, place) => {
    if (hasCome(place)) {
      if (asked.preview && part.preview) data.previewed.push(part);
    } else (before.has(part) ? data.previewed : data.waiting).push(part); // asked again, it may come
  });
  for (const result of loaded) if (result.status === "rejected") throw result.reason;
}

/** What a line panel draws of what is asked for. Rejects with a `DataError` in words when there is nothing. */
export async function loadPanel(panel: LinePanel, index: ProjectIndex, asked: Asked): Promise<PanelData> {
  const ofRun = panel.source !== "overview" && panel.data ? loadRunCurves(panel, panel.data) : null;
  const [runs, loaded] = await Promise.all([panel.colorBy || panel.group ? allRuns(index) : firstRuns(index), ofRun]);
  const owners = ownersOf(panel, runs);
  const lines = (loaded?.curves ?? []).flatMap((curves, metric) => linesOf(panel, owners, curves, metric));
  const first = lines[0]?.run ?? runs.ids.indexOf(panel.runs?.[0] ?? "");
  const waiting = loaded ? [] : partsOf(panel, index, owners);
  const data = { runs, lines, waiting, previewed: [], beside: loaded?.beside ?? {}, started: owners.started[first] ?? NaN };
  await loadShown(panel, data, asked);
  const isEmpty = data.lines.length === 0 && data.waiting.length === 0;
  if (isEmpty && panel.overwritten !== "all") throw new DataError(`no run here has logged “${panel.metrics.join("” or “")}”`);
  return data;
}
