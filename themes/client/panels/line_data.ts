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
  /** start of the run in seconds since the epoch; NaN when unknown */
  started: number;
  curve: Curve;
}

export interface PanelData {
  runs: RunsData;
  lines: PanelLine[];
}

function entryOf(index: ProjectIndex, panel: LinePanel, metric: string): MetricEntry | undefined {
  const entries = panel.source === "system" ? index.system : index.metrics;
  return entries.find(({ name }) => name === metric) ?? index.system.find(({ name }) => name === metric);
}

/** Curves of each metric, in the panel's order; a metric that nobody logged has none. */
async function loadCurves(panel: LinePanel, index: ProjectIndex): Promise<Curve[][]> {
  if (panel.source !== "overview" && panel.data) {
    const { curves } = await load<RunCurves>(panel.data);
    return panel.metrics.map((metric) => {
      const curve = Object.prototype.hasOwnProperty.call(curves, metric) ? curves[metric] : undefined;
      return curve ? [curve] : [];
    });
  }
  return Promise.all(
    panel.metrics.map(async (metric) => {
      const entry = entryOf(index, panel, metric);
      return entry ? (await load<Overview>(entry.overview)).curves : [];
    }),
  );
}

/** What a line is called: the run, the metric, or both, whichever tells the lines of the panel apart. */
function lineName(panel: LinePanel, run: string, metric: string, oneRun: boolean): string {
  if (panel.metrics.length < 2) return run;
  return oneRun ? metric : `${run} · ${metric}`;
}

/** Everything that a line panel draws. Rejects with a `DataError` in words when there is nothing. */
export async function loadPanel(panel: LinePanel): Promise<PanelData> {
  const index = await projectIndex(panel.project);
  const [runs, curves] = await Promise.all([load<RunsData>(index.runs), loadCurves(panel, index)]);
  const wanted = panel.runs && new Set(panel.runs);
  const names = runNames(runs);
  const started = startTimes(runs);
  const lines = panel.metrics.flatMap((metric, place) =>
    (curves[place] ?? [])
      .filter(({ run }) => !wanted || wanted.has(runs.ids[run] ?? ""))
      .map((curve) => ({
        key: `${curve.run}/${place}`,
        run: curve.run,
        name: lineName(panel, names[curve.run] ?? "?", metric, wanted?.size === 1),
        metric: place,
        started: started[curve.run] ?? NaN,
        curve,
      })),
  );
  if (lines.length === 0) throw new DataError(`no run here has logged “${panel.metrics.join("” or “")}”`);
  return { runs, lines };
}
