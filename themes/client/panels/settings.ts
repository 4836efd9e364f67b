/** How line panels are looked at. In the workspace one state serves all panels, elsewhere each panel has its own. */
import type { Along } from "../chart/curve";
import type { Domain } from "../chart/domain";
import type { BandKind, Center, LinePanel, SmoothKind, XAxis, XChoice } from "../types";
import { MAIN_ONLY, type RunView } from "./run_view";

export interface PanelSettings extends RunView {
  x: XChoice;
  /** 0 to 0.99 */
  smooth: number;
  smoothBy: SmoothKind;
  /** not along wall time, which has no first moment */
  logX: boolean;
  logY: boolean;
  /** the y axis leaves outliers outside */
  ignoreOutliers: boolean;
  /** part of the x axis; null for all of it */
  zoom: Domain | null;
  /** the same of panels that do not share it (own_zoom.ts), by a name */
  zooms: ReadonlyMap<string, Domain>;
  /** each panel has a zoom of its own */
  zoomAlone: boolean;
  /** numbers of the runs that are not drawn */
  hidden: ReadonlySet<number>;
  /** column whose values give the colours; empty for one colour a run */
  colorBy: string;
  /** columns whose values make groups, each with one line instead of those of its runs; empty for none */
  groupBy: readonly string[];
  center: Center;
  band: BandKind;
}

/** The columns that colours mean: runs of a group share one. Empty for one colour a run. */
export function colourKeys({ groupBy, colorBy }: Pick<PanelSettings, "groupBy" | "colorBy">): readonly string[] {
  return groupBy.length ? groupBy : colorBy ? [colorBy] : [];
}

/** What a page without a choice of its own begins with. */
export const FIRST_SETTINGS: PanelSettings = {
  ...MAIN_ONLY,
  x: "step",
  smooth: 0,
  smoothBy: "ema",
  logX: false,
  logY: false,
  ignoreOutliers: false,
  zoom: null,
  zooms: new Map(),
  zoomAlone: false,
  hidden: new Set(),
  colorBy: "",
  groupBy: [],
  center: "mean",
  band: "std",
};

/** The settings that a panel asks for itself. */
export function panelSettings(panel: LinePanel): PanelSettings {
  const { smoothBy, center, band } = { ...FIRST_SETTINGS, ...panel };
  return {
    ...FIRST_SETTINGS,
    ...ownSettings(panel),
    smooth: Math.min(Math.max(panel.smooth ?? 0, 0), 0.99),
    smoothBy,
    colorBy: panel.colorBy ? columnKey(panel.colorBy) : "",
    groupBy: typeof panel.group === "string" ? [panel.group] : (panel.group ?? []),
    center,
    band,
  };
}

/** Whether a preview of the curves shows what is asked for: all of them over the step, as they were logged. */
export function isPreviewEnough(panel: LinePanel, settings: PanelSettings): boolean {
  const { axis, log, over } = alongOf(panel, settings);
  const isPlain = axis === "step" && !log && !over && !panel.y;
  return isPlain && !settings.logY && !settings.zoom && !settings.smooth && !settings.ignoreOutliers && !settings.groupBy.length;
}

/** What a panel decides itself, whatever is chosen for all panels. */
export type OwnSettings = Partial<Pick<PanelSettings, "x" | "logX" | "logY" | "ignoreOutliers">>;

/** The own settings that a panel comes with. */
export function ownSettings({ x, logX, logY, ignoreOutliers }: LinePanel): OwnSettings {
  return { ...(x !== undefined && isXChoice(x) && { x }), ...(logX !== undefined && { logX }), ...(logY !== undefined && { logY }), ...(ignoreOutliers !== undefined && { ignoreOutliers }) };
}

const METRIC = "metric:";

/** The metric that is chosen as x; empty for none. */
export function metricOf(x: XChoice): string {
  return x.startsWith(METRIC) ? x.slice(METRIC.length) : "";
}

/** Whether a text is a choice of x: an address may say anything. */
export function isXChoice(text: string): text is XChoice {
  return ["step", "relative", "wall"].includes(text) || metricOf(text as XChoice) !== "";
}

/** A metric as the choice of x. */
export function metricChoice(name: string): XChoice {
  return `${METRIC}${name}`;
}

/** How a panel is drawn along x: what is chosen, where a metric may stand in for the step. */
export function alongOf({ xName, source }: Pick<LinePanel, "xName" | "source">, { x, logX }: Pick<PanelSettings, "x" | "logX">): Along {
  const over = metricOf(x);
  const log = logX && x !== "wall";
  // Measures of the system have no steps to be joined by.
  if (over && source === "system") return { axis: "relative", log, over: "" };
  // What was logged with its place on a metric needs no joining.
  if (xName && (x === "step" || over === xName)) return { axis: "own", log, over: "" };
  return { axis: over ? "step" : (x as XAxis), log, over };
}

/** A config key as the name of its column; names of columns stay as they are. */
export function columnKey(name: string): string {
  return /^(config|summary)\./.test(name) || ["name", "state", "group", "job_type", "tags"].includes(name)
    ? name
    : `config.${name}`;
}
