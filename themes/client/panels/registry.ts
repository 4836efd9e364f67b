/** The kinds of panels: what each is called, which fields it has for the form that adds and edits one, and how it is drawn. */
import type { Store } from "../store";
import type { KindsPanel, LinePanel, Panel, ProjectIndex, RunsData, VegaPanel } from "../types";
import { latePanel } from "./late";
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
  /** in words what it takes to show anything, where that is no single field; null when it is there */
  lacks?: (panel: Shown) => string | null;
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
  lacks: ({ y, metrics, pattern }) => (y || pattern || metrics?.length ? null : "“metrics”, “pattern” or “y”"),
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

type Shown<Name extends KindsPanel["kind"]> = Extract<KindsPanel, { kind: Name }>;

const POINT_KEYS = "Arrow keys go from run to run, Enter opens one, F fills the window.";
const READ_KEYS = "Arrow keys go from entry to entry, F fills the window.";

/** A kind whose code comes when it is needed. */
function late<Name extends KindsPanel["kind"]>(kind: Pick<PanelKind<Shown<Name>>, "label" | "fields" | "title">, keys = READ_KEYS): PanelKind<Shown<Name>> {
  const title = (panel: Shown<Name>) => panel.title || kind.title(panel);
  return { ...kind, title, mount: (host, panel, context) => latePanel(host, panel, title(panel), context, keys) };
}

const short = (column: string) => column.replace(/^(?:config|summary|system)\./, "");
const mediaKeys = (kinds: (kind: string) => boolean) => ({ choices: ({ index }: PanelContext) => index.media.filter(({ kind }) => kinds(kind)).map(({ key }) => ({ key, label: key })) });

const scatter = late<"scatter">(
  {
    label: "Scatter",
    fields: [
      { name: "x", label: "x", of: "column", required: true },
      { name: "y", label: "y", of: "column", required: true },
      { name: "color", label: "Colour", of: "column", help: "without one, as in the run list" },
      { name: "logX", label: "Logarithmic x", of: "switch" },
      { name: "logY", label: "Logarithmic y", of: "switch" },
    ],
    title: ({ x, y }) => `${short(y)} against ${short(x)}`,
  },
  POINT_KEYS,
);

const bar = late<"bar">(
  {
    label: "Bars",
    fields: [
      { name: "metric", label: "Metric", of: "metric", required: true },
      { name: "group", label: "Group by", of: "column", help: "without one, as in the toolbar" },
      { name: "limit", label: "At most", of: "number", help: "bars, the best first" },
    ],
    title: ({ metric }) => `Best ${short(metric)}`,
  },
  POINT_KEYS,
);

const heatmap = late<"heatmap">({
  label: "Histogram over steps",
  fields: [
    { name: "metric", label: "Histogram", of: mediaKeys((kind) => kind === "histogram"), required: true, help: "logged with reportgen.Histogram" },
    { name: "run", label: "Run", of: "text", help: "its id; without one, the newest that is shown" },
  ],
  title: ({ metric }) => metric,
});

const parallel = late<"parallel">(
  {
    label: "Parallel coordinates",
    fields: [
      { name: "columns", label: "Axes", of: "columns", required: true },
      { name: "color", label: "Colour", of: "column", help: "a metric, say" },
    ],
    title: ({ columns }) => columns.map(short).join(", "),
  },
  `Tab goes to the axes; there arrow keys choose a part, with Shift wider, Escape all. ${POINT_KEYS}`,
);

const importance = late<"importance">({
  label: "Importance of parameters",
  fields: [{ name: "metric", label: "For metric", of: "metric", required: true }],
  title: ({ metric }) => `What ${short(metric)} depends on`,
});

const scalar = late<"scalar">(
  {
    label: "Number",
    fields: [
      { name: "metric", label: "Metric", of: "metric", required: true },
      { name: "center", label: "Which", of: { choices: () => ["best", "mean", "median"].map((key) => ({ key, label: key })) }, help: "of groups, the best group" },
    ],
    title: ({ metric }) => short(metric),
  },
  POINT_KEYS,
);

const media = late<"media">({
  label: "Media",
  fields: [
    { name: "key", label: "Logged as", of: mediaKeys(() => true), required: true },
    { name: "step", label: "At step", of: "number", help: "without one, the last" },
  ],
  title: ({ key }) => key,
});

const text = late<"text">({ label: "Text", fields: [{ name: "markdown", label: "Text (Markdown)", of: "text", required: true }], title: ({ markdown }) => /^#+ +(.+)$/m.exec(markdown)?.[1] ?? "Text" });

const spec = late<"spec">({
  label: "Vega-Lite of the project",
  fields: [{ name: "name", label: "Specification", of: { choices: ({ index }) => index.specs.map(({ name, title }) => ({ key: name, label: title })) }, required: true, help: "a file specs/NAME.json over the data “runs”" }],
  title: ({ name }) => name,
});

/** Every kind by its name. */
export const KINDS = { line, vega, scatter, bar, heatmap, parallel, importance, scalar, media, text, spec } satisfies { [Name in Panel["kind"]]: PanelKind<Extract<Panel, { kind: Name }>> };

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
