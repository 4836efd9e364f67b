/** A panel that the build authored: a compiled Vega specification, dressed in the colours of the page. */
import { load, vegaLibrary } from "../data";
import { inTurn, outOfTurn } from "../chart/frames";
import { hideTooltip, showPairs } from "../chart/tooltip";
import { inWords } from "../errors";
import { type Theme, onScheme, theme } from "../theme";
import type { VegaChart, VegaPanel } from "../types";
import type { View } from "../chart/vega";
import { rowsCsv, rowsTable } from "./export";
import { type Exports, exportItems } from "./export_items";
import { type Frame, createFrame } from "./frame";
import type { MenuItem } from "./menu";
import { whenNear } from "./visibility";

const HEIGHT = 260;
const LABEL_SIZE = 11;
/** The colour that Vega-Lite writes into marks which were given none. */
const DEFAULT_MARK = /^#4c78a8$/i;

/** Vega's configuration from the colours of the scheme in force. */
export function vegaConfig(colours: Theme): object {
  const text = { labelColor: colours.muted, titleColor: colours.muted, labelFont: colours.font, titleFont: colours.font };
  const sizes = { labelFontSize: LABEL_SIZE, titleFontSize: LABEL_SIZE, titleFontWeight: 500 };
  const lines = { gridColor: colours.line, domainColor: colours.line, tickColor: colours.line };
  return {
    background: null,
    axis: { ...text, ...sizes, ...lines, tickSize: 4, labelPadding: 4, labelOverlap: true },
    legend: { ...text, ...sizes },
    header: { ...text, ...sizes },
    title: { color: colours.text, font: colours.font, fontSize: 13, fontWeight: 600 },
    text: { fill: colours.text, font: colours.font },
    style: { cell: { stroke: "transparent" }, "guide-label": { fill: colours.muted }, "guide-title": { fill: colours.muted } },
    range: {
      category: [...colours.runs],
      ramp: [colours.line, colours.accent],
      heatmap: [colours.page, colours.accent],
      ordinal: [colours.line, colours.accent],
    },
  };
}

/** The specification with marks of no colour of their own in the page's first colour. */
export function dressed(value: unknown, colour: string): unknown {
  if (typeof value === "string") return DEFAULT_MARK.test(value) ? colour : value;
  if (Array.isArray(value)) return value.map((item) => dressed(item, colour));
  if (typeof value !== "object" || value === null) return value;
  // Data are no part of the drawing, and may hold any text.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === "values" ? item : dressed(item, colour)]));
}

interface Sized {
  signals?: { name: string }[];
  width?: unknown;
  height?: unknown;
}

/** Whether the specification is one plot whose size can be set; a grid of plots sizes itself. */
function isSizable(spec: Sized, side: "width" | "height"): boolean {
  return spec[side] !== undefined || Boolean(spec.signals?.some(({ name }) => name === side));
}

function sized(spec: Record<string, unknown>, width: number, height: number): object {
  // A background of its own would be white on a dark page.
  const out: Record<string, unknown> = { ...spec, background: null, autosize: { type: "fit", contains: "padding" } };
  const signals = (spec as Sized).signals ?? [];
  const set = { width, height };
  const own: string[] = [];
  for (const side of ["width", "height"] as const) {
    if (!isSizable(spec, side)) continue;
    out[side] = set[side];
    own.push(side);
  }
  // Vega-Lite makes a container's width a signal that listens to the window; here the panel says how wide it is.
  out["signals"] = signals.filter(({ name }) => !own.includes(name));
  return own.length ? out : { ...spec, background: null };
}

/** A specification for a panel of some size, with the page's colours where it has none of its own. */
export function dressedSpec(spec: Record<string, unknown>, colours: Theme, width: number, height: number): object {
  return sized(dressed(spec, colours.runs[0] ?? colours.accent) as Record<string, unknown>, width, height);
}

/** Vega's tooltips in the box of the page. */
export function showValue(_handler: unknown, event: MouseEvent, _item: unknown, value: unknown): void {
  if (value === null || value === undefined || value === "") return hideTooltip();
  const pairs = typeof value === "object" ? Object.entries(value) : [["", value] as const];
  showPairs(pairs.map(([name, text]) => [name, String(text)] as const), { x: event.clientX, y: event.clientY });
}

interface Marked {
  from?: { data?: unknown };
  marks?: readonly Marked[];
}

/** The dataset that the first mark is drawn from. */
function datasetOf(marks: readonly Marked[] = []): string | null {
  for (const { from, marks: inner } of marks) {
    const name = datasetOf(inner) ?? from?.data;
    if (typeof name === "string") return name;
  }
  return null;
}

/** What the first mark is drawn from; null when it stands alone. */
function drawnRows(view: View, { spec }: VegaChart): readonly object[] | null {
  const name = datasetOf(spec["marks"] as readonly Marked[] | undefined);
  return name === null ? null : view.data(name);
}

function exportsOf(title: string, view: View, chart: VegaChart): Exports {
  const { spec } = chart;
  const rows = drawnRows(view, chart);
  return {
    title,
    svg: () => view.toSVG(),
    ...(rows?.length && { csv: () => rowsCsv(rows) }),
    spec: { label: "Vega", make: () => spec },
  };
}

/** A Vega panel in a host. Returns how to remove it. */
export function vegaPanel(host: HTMLElement, panel: VegaPanel): () => void {
  let view: View | null = null;
  let drawn: VegaChart | null = null;
  const summary = host.querySelector(".panel-summary")?.textContent;
  const menu = (): MenuItem[] => {
    if (!view || !drawn) return [];
    const rows = drawnRows(view, drawn);
    const asTable = { label: "Show as table", choose: () => frame.showTable(rowsTable(rows ?? [], panel.title)) };
    return [...(rows?.length ? [asTable] : []), ...exportItems(exportsOf(panel.title, view, drawn), (text) => frame.message(text))];
  };
  const frame = createFrame(host, {
    title: panel.title,
    height: panel.height ?? HEIGHT,
    legend: null,
    menu,
  });
  frame.root.classList.add("panel-vega");
  frame.describe(summary || `${panel.title}: a chart made when the site was built.`);

  async function paint(chart: VegaChart): Promise<void> {
    const { createView } = await vegaLibrary();
    const { clientWidth, clientHeight } = frame.canvas;
    if (!clientWidth) return;
    const colours = theme();
    const spec = dressedSpec(chart.spec, colours, clientWidth, clientHeight);
    view?.finalize();
    frame.canvas.replaceChildren();
    view = createView(spec, { config: vegaConfig(colours), tooltip: showValue });
    await view.initialize(frame.canvas).runAsync();
    drawn = chart;
  }

  return whenNear(host, () => {
    const stop = new AbortController();
    let stops: (() => void)[] = [];
    const ready = load<VegaChart>(panel.data).then(async (chart) => {
      const job = () => paint(chart).catch((error: unknown) => fail(frame, error));
      const again = () => inTurn(job);
      if (stop.signal.aborted) return;
      const size = new ResizeObserver(again);
      size.observe(frame.canvas);
      stops = [onScheme(again), () => size.disconnect(), () => outOfTurn(job)];
    });
    ready.catch((error: unknown) => fail(frame, error));
    return {
      release() {
        stop.abort();
        for (const end of stops) end();
        view?.finalize();
        view = null;
        frame.canvas.replaceChildren();
      },
    };
  });
}

function fail(frame: Frame, error: unknown): void {
  frame.message(inWords(error));
}
