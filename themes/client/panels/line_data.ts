/** The data of a line panel: which curves it has, and to which runs they belong. */
import { DataError, load, projectIndex } from "../data";
import { runNames, startTimes } from "../runs";
import type { Curve, LinePanel, MetricEntry, Overview, ProjectIndex, RunCurves, RunsData } from "../types";

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

export interface PanelData {
  runs: RunsData;
  lines: PanelLine[];
  /** where the lines are that `panels/beside.ts` adds when they are asked for */
  beside: Pick<RunCurves, "ranks" | "bands" | "overwritten">;
  /** start of the first run in seconds since the epoch; NaN when unknown */
  started: number;
}

function entryOf(index: ProjectIndex, panel: LinePanel, metric: string): MetricEntry | undefined {
  const entries = panel.source === "system" ? index.system : index.metrics;
  return entries.find(({ name }) => name === metric) ?? index.system.find(({ name }) => name === metric);
}

interface Loaded extends Pick<PanelData, "beside"> {
  /** of each metric, in the panel's order; a metric that nobody logged has none */
  curves: Curve[][];
}

async function loadCurves(panel: LinePanel, index: ProjectIndex): Promise<Loaded> {
  if (panel.source !== "overview" && panel.data) {
    const { curves, ...beside } = await load<RunCurves>(panel.data);
    const found = panel.metrics.map((metric) => {
      const curve = Object.prototype.hasOwnProperty.call(curves, metric) ? curves[metric] : undefined;
      return curve ? [curve] : [];
    });
    return { curves: found, beside };
  }
  const curves = await Promise.all(
    panel.metrics.map(async (metric) => {
      const entry = entryOf(index, panel, metric);
      return entry ? (await load<Overview>(entry.overview)).curves : [];
    }),
  );
  return { curves, beside: {} };
}

/** What a line is called: the run, the metric, or both, whichever tells the lines of the panel apart. */
function lineName(panel: LinePanel, run: string, metric: string, oneRun: boolean): string {
  if (panel.metrics.length < 2) return run;
  return oneRun ? metric : `${run} · ${metric}`;
}

/** Everything that a line panel draws. Rejects with a `DataError` in words when there is nothing. */
export async function loadPanel(panel: LinePanel): Promise<PanelData> {
  const index = await projectIndex(panel.project);
  const [runs, { curves, beside }] = await Promise.all([load<RunsData>(index.runs), loadCurves(panel, index)]);
  const wanted = panel.runs && new Set(panel.runs);
  const names = runNames(runs);
  const started = startTimes(runs);
  const lines = panel.metrics.flatMap((metric, place) =>
    (curves[place] ?? [])
      .filter(({ run }) => !wanted || wanted.has(runs.ids[run] ?? ""))
      .map((curve) => ({
        key: `${curve.run}/${place}`,
        run: curve.run,
        name: panel.ranks?.main ?? lineName(panel, names[curve.run] ?? "?", metric, wanted?.size === 1),
        metric: place,
        kind: "main" as const,
        rank: panel.ranks?.main ?? "",
        place: 0,
        started: started[curve.run] ?? NaN,
        curve,
      })),
  );
  if (lines.length === 0 && panel.overwritten !== "all") throw new DataError(`no run here has logged “${panel.metrics.join("” or “")}”`);
  const first = lines[0]?.run ?? runs.ids.indexOf(panel.runs?.[0] ?? "");
  return { runs, lines, beside, started: started[first] ?? NaN };
}
