/** How line panels are looked at. In the workspace one state serves all panels, elsewhere each panel has its own. */
import type { Along, Axis } from "../chart/curve";
import type { Domain } from "../chart/domain";
import type { BandKind, Center, LinePanel, XAxis } from "../types";
import { MAIN_ONLY, type RunView } from "./run_view";

export interface PanelSettings extends RunView {
  x: XAxis;
  /** 0 to 0.99 */
  smooth: number;
  /** not along wall time, which has no first moment */
  logX: boolean;
  logY: boolean;
  /** part of the x axis; null for all of it */
  zoom: Domain | null;
  /** the same of panels that have another metric in the place of the step, by its name */
  zooms: ReadonlyMap<string, Domain>;
  /** numbers of the runs that are not drawn */
  hidden: ReadonlySet<number>;
  /** column whose values give the colours; empty for one colour a run */
  colorBy: string;
  /** column whose values make groups, each with one line instead of those of its runs; empty for none */
  groupBy: string;
  center: Center;
  band: BandKind;
}

/** The column that colours mean: runs of a group share one. Empty for one colour a run. */
export function colourKey({ groupBy, colorBy }: Pick<PanelSettings, "groupBy" | "colorBy">): string {
  return groupBy || colorBy;
}

/** The settings that a panel asks for itself. */
export function panelSettings(panel: LinePanel): PanelSettings {
  return {
    ...MAIN_ONLY,
    x: panel.x ?? "step",
    smooth: Math.min(Math.max(panel.smooth ?? 0, 0), 0.99),
    logX: panel.logX ?? false,
    logY: panel.logY ?? false,
    zoom: null,
    zooms: new Map(),
    hidden: new Set(),
    colorBy: panel.colorBy ? columnKey(panel.colorBy) : "",
    groupBy: panel.group ?? "",
    center: panel.center ?? "mean",
    band: panel.band ?? "std",
  };
}

/** Whether a preview of the curves shows what is asked for: all of them over the step, as they were logged. */
export function isPreviewEnough(panel: LinePanel, settings: PanelSettings): boolean {
  const { axis, log } = alongOf(panel, settings);
  return axis === "step" && !log && !settings.logY && !settings.zoom && !settings.smooth && !settings.groupBy;
}

/** The x axis of a panel: what is chosen, where a metric may stand in for the step. */
export function axisOf({ xName }: LinePanel, { x }: PanelSettings): Axis {
  return x === "step" && xName ? "own" : x;
}

/** The same with its scale. */
export function alongOf(panel: LinePanel, settings: PanelSettings): Along {
  const axis = axisOf(panel, settings);
  return { axis, log: settings.logX && axis !== "wall" };
}

/** A config key as the name of its column; names of columns stay as they are. */
export function columnKey(name: string): string {
  return /^(config|summary)\./.test(name) || ["name", "state", "group", "job_type", "tags"].includes(name)
    ? name
    : `config.${name}`;
}
