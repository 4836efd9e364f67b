/** A line panel: loads its curves, draws them, and follows zoom, crosshair, colour scheme and size while it is near. */
import type { Expression } from "../chart/expression";
import { inTurn, outOfTurn } from "../chart/frames";
import { watchGestures } from "../chart/gestures";
import { type Plot, type Scene, createPlot } from "../chart/plot";
import { xText } from "../chart/tooltip";
import { projectIndex, vegaLibrary } from "../data";
import { inWords } from "../errors";
import type { Store } from "../store";
import { onScheme, theme } from "../theme";
import type { LinePanel } from "../types";
import { createBeside, hasRanks } from "./beside";
import { sceneCsv, sceneTable } from "./export";
import { type Exports, exportItems } from "./export_items";
import { type Frame, createFrame } from "./frame";
import { groupNote } from "./group_lines";
import { type Inspector, createInspector } from "./inspector";
import { type PanelData, loadPanel } from "./line_data";
import { gesturesOf } from "./line_gestures";
import { legendPlace, lineLegend } from "./line_legend";
import { resolvePanel } from "./line_metrics";
import { type Marks, createMarks } from "./marks";
import type { MenuItem } from "./menu";
import { type Shown, leftOut, noteText, summaryText } from "./note";
import { withOwnZoom } from "./own_zoom";
import { type Partners, createPartners } from "./partners";
import { rankControls } from "./rank_control";
import { createRefiner } from "./refine";
import { type SceneMaker, createSceneMaker } from "./scene";
import { type OwnSettings, type PanelSettings, isPreviewEnough, ownSettings } from "./settings";
import { createSources } from "./sources";
import { lineVegaLite, sceneLegend } from "./vega_lite";
import { type Drawn, whenNear } from "./visibility";

const HEIGHT = 220;

/** What a panel has from when it is put into the page. */
export interface LineView {
  frame: Frame;
  panel: LinePanel;
  settings: Store<PanelSettings>;
  /** the settings as this panel sees them: its menu has the last word on its scales */
  seen: () => PanelSettings;
  legend: HTMLElement | null;
  marks: Marks | null;
}

/** What a panel has while it is drawn. */
export interface Live {
  /** with the metrics that it draws */
  panel: LinePanel;
  expression: Expression | null;
  /** metrics that are not drawn, because they are too many */
  omitted: number;
  plot: Plot;
  maker: SceneMaker;
  data: PanelData;
  partners: Partners;
  /** called when partners have arrived */
  arrived: () => void;
  inspector: Inspector;
  scene: Scene | null;
  redraw: () => void;
}

/** A line panel in a host. Returns how to remove it. */
export function linePanel(host: HTMLElement, asked: LinePanel, shared: Store<PanelSettings>): () => void {
  // A panel that somebody adds may have a pattern or an expression alone.
  const panel: LinePanel = { ...asked, metrics: asked.metrics ?? [] };
  const settings = withOwnZoom(shared, panel);
  let live: Live | null = null;
  const own: OwnSettings = ownSettings(panel);
  const legend = legendPlace(panel);
  const controls = rankControls(panel, settings);

  const seen = (): PanelSettings => {
    const now = settings.get();
    return { ...now, ...own };
  };
  const toggle = (name: Switch) => {
    own[name] = !seen()[name];
    live?.redraw();
  };
  const menu = () => (live?.scene ? menuItems(view, live, live.scene, toggle) : []);
  const frame = createFrame(host, { title: panel.title, tip: panel.metrics.join(", ") || panel.title, height: panel.height ?? HEIGHT, legend, tools: controls.tools, menu });
  const view: LineView = { frame, panel, settings, seen, legend, marks: createMarks(host, frame.stage) };

  function draw(): Drawn {
    const stop = new AbortController();
    start(view).then(
      (loaded) => {
        live = loaded;
        if (stop.signal.aborted) return release();
        follow(view, loaded, stop.signal);
      },
      (error: unknown) => frame.message(inWords(error)),
    );
    function release(): void {
      stop.abort();
      live?.inspector.destroy();
      live?.plot.destroy();
      live = null;
    }
    return { release };
  }
  const leave = whenNear(host, draw);
  return () => {
    controls.stop();
    leave();
  };
}

/** What a panel's menu turns on and off for itself. */
type Switch = "logX" | "logY" | "ignoreOutliers";

function menuItems({ frame, panel, settings, seen }: LineView, live: Live, scene: Scene, toggle: (name: Switch) => void): MenuItem[] {
  const { title } = panel;
  const colours = theme().runs;
  const taken: Exports = {
    title,
    svg: live.plot.svg,
    legend: () => sceneLegend(scene, colours),
    csv: () => sceneCsv(scene),
    spec: { label: "Vega-Lite", make: () => lineVegaLite(scene, title, colours) },
  };
  return [
    ...(scene.axis === "wall" ? [] : [{ label: "Logarithmic x", checked: seen().logX, choose: () => toggle("logX") }]),
    { label: "Logarithmic y", checked: seen().logY, choose: () => toggle("logY") },
    { label: "Ignore outliers", checked: seen().ignoreOutliers, choose: () => toggle("ignoreOutliers") },
    { label: "Reset zoom", choose: () => settings.set({ zoom: null }) },
    { label: "Show as table", choose: () => frame.showTable(sceneTable(scene, panel.title)) },
    ...exportItems(taken, frame.note),
  ];
}

async function start({ frame, panel: asked, seen }: LineView): Promise<Live> {
  const [library, index] = await Promise.all([vegaLibrary(), projectIndex(asked.project)]);
  const { panel, expression, omitted } = resolvePanel(asked, index, library.parseExpression);
  const data = await loadPanel(panel, index, { hidden: seen().hidden, preview: isPreviewEnough(panel, seen()) });
  frame.message("");
  const plot = createPlot(library, frame.canvas);
  const late = { scene: null as Scene | null, arrived: () => undefined as void };
  const partners = createPartners(panel, index, () => late.arrived());
  const maker = createSceneMaker(panel, data, createSources(panel.metrics, expression, partners));
  const inspector = createInspector(frame, panel.project, plot, () => late.scene);
  return Object.assign(late, { panel, expression, omitted, plot, maker, data, partners, inspector, redraw: () => undefined });
}

/** The metrics that the lines are joined with. */
function needsOf({ expression, maker }: Live, now: PanelSettings): string[] {
  const { over } = maker.along(now);
  return [...(expression?.metrics ?? []), ...(over ? [over] : [])];
}

/** Keeps a drawn panel up to date until the signal aborts. */
function follow(view: LineView, live: Live, signal: AbortSignal): void {
  const { frame, settings, seen, legend } = view;
  const { panel, plot, maker, inspector, partners } = live;
  const width = () => plot.area().width;
  const refiner = createRefiner({ maker, settings: seen, width, changed: repaint });
  const beside = createBeside(panel, live.data, () => {
    updateLegend?.();
    want();
    repaint();
  });

  function want(): void {
    const now = seen();
    beside.want(now);
    partners.want(needsOf(live, now), now.hidden);
  }

  async function paint(): Promise<void> {
    if (signal.aborted || frame.canvas.clientWidth === 0) return;
    const scene = maker.scene(seen());
    live.scene = scene;
    await plot.draw(scene);
    if (signal.aborted) return;
    frame.note(noteOf(view, live, scene, { loading: refiner.isLoading() || beside.isLoading() || partners.isLoading(), trouble: beside.trouble() || partners.trouble() }));
    frame.describe(summaryText(panel.title, scene, (x) => xText(scene, x)));
    view.marks?.place(plot.plane(), plot.area(), scene.axis, maker.visible(seen())[0]);
    inspector.redraw();
  }

  function repaint(): void {
    if (!signal.aborted) inTurn(paint);
  }

  live.redraw = () => {
    repaint();
    refiner.later();
  };
  live.arrived = live.redraw;
  watchGestures(frame.stage, gesturesOf(view, live), signal);
  for (const attention of ["pointerenter", "focusin"]) frame.stage.addEventListener(attention, () => beside.look(seen()), { signal });
  const updateLegend = legend ? lineLegend(legend, view, live) : null;
  const size = new ResizeObserver(() => {
    plot.resize(frame.canvas.clientWidth, frame.canvas.clientHeight);
    live.redraw();
  });
  size.observe(frame.canvas);
  const onSettings = () => {
    want();
    updateLegend?.();
    live.redraw();
  };
  want();
  const stops = [settings.subscribe(onSettings), onScheme(repaint), () => size.disconnect(), refiner.stop];
  signal.addEventListener("abort", () => {
    for (const stop of stops) stop();
    outOfTurn(paint);
  });
}

/** The line under the plot, with a word on what stands beside the main lines. */
function noteOf({ seen }: LineView, live: Live, scene: Scene, now: { loading: boolean; trouble: string }): string {
  const { panel, plot, maker, data, expression, omitted } = live;
  const settings = seen();
  const lines = maker.visible(settings);
  const along = maker.along(settings);
  const shown: Shown = { lines, along, overview: (line) => maker.overview(line, along), isExpression: expression !== null, needs: expression?.metrics ?? [] };
  const loading = now.loading ? ["loading more"] : [];
  const parts: string[] = expression && panel.title !== expression.text ? [`y: ${expression.text}`] : [];
  if (settings.groupBy.length && lines.length) parts.push(groupNote(scene, data, lines, settings, leftOut(scene, shown)), ...loading);
  else if (scene.lines.some((line) => line.band)) parts.push(`mean and min–max of ${panel.ranks?.count ?? 0} ranks`, ...loading);
  else if (!lines.length && hasRanks(panel)) parts.push(now.loading ? "loading" : "every rank is hidden");
  else if (lines.length || !now.loading) parts.push(noteText(scene, plot.area().width, shown, now.loading));
  if (data.previewed.length) parts.push("preview");
  if (lines.some(({ kind }) => kind === "tail")) parts.push("dashed: overwritten");
  if (omitted) parts.push(`${omitted} more ${omitted === 1 ? "metric" : "metrics"} not drawn`);
  if (now.trouble) parts.push(now.trouble);
  return parts.join(" · ");
}
