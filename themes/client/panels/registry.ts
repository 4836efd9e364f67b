/** The kinds of panels: what each is called, which fields it has for the form that adds and edits one, and how it is drawn. */
import type { Store } from "../store";
import type { LinePanel, Panel, ProjectIndex, RunsData, VegaPanel } from "../types";
import { linePanel } from "./line";
import { type PanelSettings, metricChoice } from "./settings";
import { vegaPanel } from "./vega";

/** What a panel of a project has to do with. */
export interface PanelContext {
  project: string;
  index: ProjectIndex;
  runs: RunsData;
  settings: Store<PanelSettings>;
}

/** A key and how people read it. */
export interface FieldChoice {
  key: string;
  label: string;
}

export type FieldType = "metric" | "metrics" | "column" | "columns" | "text" | "number" | "switch";

/** One field of a kind of panels: in the form, in the address and in a view's file it has the same name. */
export interface Field {
  name: string;
  label: string;
  /** what its value is; or one of these, which may depend on what the project has */
  of: FieldType | { choices: (context: PanelContext) => readonly FieldChoice[] };
  /** a panel without it shows nothing */
  required?: boolean;
  /** a few words under the control */
  help?: string;
}

export interface PanelKind<Shown, Context = PanelContext> {
  label: string;
  /** None for what only the build can make. */
  fields: readonly Field[];
  /** what a panel without a title of its own is called */
  title: (panel: Shown) => string;
  /** what follows from the fields of a panel that was added, and from the project */
  complete?: (panel: Shown, index: ProjectIndex) => Partial<Shown>;
  /** Puts a panel into a host; returns how to remove it. What needs a large library loads it itself. */
  mount: (host: HTMLElement, panel: Shown, context: Context) => () => void;
}

/** The axes that a line panel can have for itself. */
function axisChoices({ index }: PanelContext): FieldChoice[] {
  const metrics = index.metrics.filter(({ hidden }) => !hidden).map(({ name }) => ({ key: metricChoice(name), label: name }));
  return [{ key: "step", label: "step" }, { key: "relative", label: "relative time" }, { key: "wall", label: "wall time" }, ...metrics];
}

const line: PanelKind<LinePanel, Pick<PanelContext, "settings">> = {
  label: "Lines",
  fields: [
    { name: "metrics", label: "Metrics", of: "metrics" },
    { name: "pattern", label: "and all that match", of: "text", help: "A regular expression over the names of metrics, such as ^val/" },
    { name: "y", label: "Expression", of: "text", help: "Drawn instead of the values: log10(y), or {train/loss} - {val/loss}" },
    { name: "x", label: "x axis", of: { choices: axisChoices } },
    { name: "ignoreOutliers", label: "Ignore outliers", of: "switch" },
    { name: "logX", label: "Logarithmic x", of: "switch" },
    { name: "logY", label: "Logarithmic y", of: "switch" },
  ],
  title: ({ y, metrics, pattern }) => y || [...(metrics ?? []), ...(pattern ? [pattern] : [])].join(", "),
  complete: ({ metrics = [] }, { project, metrics: known, system }) => {
    const named = (name: string) => known.find((entry) => entry.name === name);
    const isSystem = metrics.length > 0 && metrics.every((name) => !named(name) && system.some((entry) => entry.name === name));
    const over = new Set(metrics.map((name) => named(name)?.xName));
    const [xName] = over.size === 1 ? over : [];
    return { project, source: isSystem ? "system" : "overview", runs: null, ...(xName && { xName }) };
  },
  mount: (host, panel, { settings }) => linePanel(host, panel, settings),
};

const vega: PanelKind<VegaPanel, unknown> = {
  label: "Chart of the build",
  fields: [],
  title: ({ title }) => title,
  mount: (host, panel) => vegaPanel(host, panel),
};

/** Every kind by its name. */
export const KINDS = { line, vega } satisfies { [Name in Panel["kind"]]: PanelKind<Extract<Panel, { kind: Name }>> };

/** A kind as code sees it that treats all alike; undefined for a name that an address made up. */
export function kindOf(name: string): PanelKind<Panel> | undefined {
  return Object.prototype.hasOwnProperty.call(KINDS, name) ? (KINDS[name as Panel["kind"]] as unknown as PanelKind<Panel>) : undefined;
}

/** The fields that somebody can set; none for a kind that is not known. */
export function fieldsOf(name: string): readonly Field[] {
  return kindOf(name)?.fields ?? [];
}

/** Puts a panel of any kind into a host; returns how to remove it. */
export function mountPanel(host: HTMLElement, panel: Panel, context: PanelContext): () => void {
  return (KINDS[panel.kind] as unknown as PanelKind<Panel>).mount(host, panel, context);
}
