/** A line panel: loads its curves, draws them, and follows zoom, crosshair, colour scheme and size while it is near. */
import { type Domain, offScale, onScale, within, zoomed } from "../chart/domain";
import { inTurn, outOfTurn } from "../chart/frames";
import { type Gestures, watchGestures } from "../chart/gestures";
import { fromPixelX } from "../chart/plane";
import { type Plot, type Scene, createPlot } from "../chart/plot";
import { xText } from "../chart/tooltip";
import { vegaLibrary } from "../data";
import { element } from "../elements";
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
import { type LegendItem, fillLegend } from "./legend";
import { type PanelData, loadPanel } from "./line_data";
import { type Marks, createMarks } from "./marks";
import type { MenuItem } from "./menu";
import { noteText, summaryText } from "./note";
import { withOwnZoom } from "./own_zoom";
import { rankControls } from "./rank_control";
import { createRefiner } from "./refine";
import { type SceneMaker, createSceneMaker } from "./scene";
import { type PanelSettings, isPreviewEnough } from "./settings";
import { lineVegaLite, sceneLegend } from "./vega_lite";
import { type Drawn, whenNear } from "./visibility";

const HEIGHT = 220;
/** So many names fit into one line of a legend. */
const FEW = 3;

/** What a panel has from when it is put into the page. */
interface LineView {
  frame: Frame;
  panel: LinePanel;
  settings: Store<PanelSettings>;
  /** the settings as this panel sees them: its menu has the last word on its scales */
  seen: () => PanelSettings;
  legend: HTMLElement | null;
  marks: Marks | null;
}

/** What a panel has while it is drawn. */
interface Live {
  plot: Plot;
  maker: SceneMaker;
  data: PanelData;
  inspector: Inspector;
  scene: Scene | null;
  redraw: () => void;
}

/** How much room a legend gets is known before its names are: nothing moves when they arrive. */
function legendClass({ runs, metrics, colorBy, group, legend }: LinePanel): string {
  if (!legend) return "panel-legend panel-legend-ranks";
  const isShort = !colorBy && !group && runs !== null && runs.length * metrics.length <= FEW;
  return isShort ? "panel-legend" : "panel-legend panel-legend-tall";
}

/** A line panel in a host. Returns how to remove it. */
export function linePanel(host: HTMLElement, panel: LinePanel, shared: Store<PanelSettings>): () => void {
  const settings = panel.xName ? withOwnZoom(shared, panel.xName) : shared;
  let live: Live | null = null;
  const own: Partial<Pick<PanelSettings, "logX" | "logY">> = {};
  // Names of ranks have room under the plot only while there is a line for each.
  const legend = panel.legend || hasRanks(panel) ? element("div", { class: legendClass(panel), hidden: !panel.legend }) : null;
  const controls = rankControls(panel, settings);

  const seen = (): PanelSettings => {
    const now = settings.get();
    return { ...now, ...own };
  };
  const toggleLog = (scale: "logX" | "logY") => {
    own[scale] = !seen()[scale];
    live?.redraw();
  };
  const menu = () => (live?.scene ? menuItems(view, live, live.scene, toggleLog) : []);
  const frame = createFrame(host, { title: panel.title, tip: panel.metrics.join(", "), height: panel.height ?? HEIGHT, legend, tools: controls.tools, menu });
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

function menuItems({ frame, panel, settings, seen }: LineView, live: Live, scene: Scene, toggleLog: (scale: "logX" | "logY") => void): MenuItem[] {
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
    ...(scene.axis === "wall" ? [] : [{ label: "Logarithmic x", checked: seen().logX, choose: () => toggleLog("logX") }]),
    { label: "Logarithmic y", checked: seen().logY, choose: () => toggleLog("logY") },
    { label: "Reset zoom", choose: () => settings.set({ zoom: null }) },
    { label: "Show as table", choose: () => frame.showTable(sceneTable(scene, panel.title)) },
    ...exportItems(taken, frame.note),
  ];
}

async function start({ frame, panel, settings }: LineView): Promise<Live> {
  const [library, data] = await Promise.all([vegaLibrary(), loadPanel(panel, { hidden: settings.get().hidden, preview: isPreviewEnough(panel, settings.get()) })]);
  frame.message("");
  const plot = createPlot(library, frame.canvas);
  const maker = createSceneMaker(panel, data);
  const picture: { scene: Scene | null } = { scene: null };
  const inspector = createInspector(frame, panel.project, plot, () => picture.scene);
  return Object.assign(picture, { plot, maker, data, inspector, redraw: () => undefined });
}

/** Keeps a drawn panel up to date until the signal aborts. */
function follow(view: LineView, live: Live, signal: AbortSignal): void {
  const { frame, panel, settings, seen, legend } = view;
  const { plot, maker, inspector } = live;
  const width = () => plot.area().width;
  const refiner = createRefiner({ maker, settings: seen, width, changed: repaint });
  const beside = createBeside(panel, live.data, () => {
    updateLegend?.();
    repaint();
  });

  async function paint(): Promise<void> {
    if (signal.aborted || frame.canvas.clientWidth === 0) return;
    const scene = maker.scene(seen());
    live.scene = scene;
    await plot.draw(scene);
    if (signal.aborted) return;
    frame.note(noteOf(view, live, scene, { loading: refiner.isLoading() || beside.isLoading(), trouble: beside.trouble() }));
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
  watchGestures(frame.stage, gesturesOf(view, live), signal);
  for (const attention of ["pointerenter", "focusin"]) frame.stage.addEventListener(attention, () => beside.look(seen()), { signal });
  const updateLegend = legend ? (panel.legend ? legendFor : rankLegend)(legend, view, live) : null;
  const size = new ResizeObserver(() => {
    plot.resize(frame.canvas.clientWidth, frame.canvas.clientHeight);
    live.redraw();
  });
  size.observe(frame.canvas);
  const onSettings = () => {
    beside.want(seen());
    updateLegend?.();
    live.redraw();
  };
  beside.want(seen());
  const stops = [settings.subscribe(onSettings), onScheme(repaint), () => size.disconnect(), refiner.stop];
  signal.addEventListener("abort", () => {
    for (const stop of stops) stop();
    outOfTurn(paint);
  });
}

/** The line under the plot, with a word on what stands beside the main lines. */
function noteOf({ panel, seen }: LineView, { plot, maker, data }: Live, scene: Scene, now: { loading: boolean; trouble: string }): string {
  const shown = maker.visible(seen());
  const parts: string[] = [];
  if (seen().groupBy && shown.length) parts.push(groupNote(scene, data, shown, seen()), ...(now.loading ? ["loading more"] : []));
  else if (scene.lines.some((line) => line.band)) parts.push(`mean and min–max of ${panel.ranks?.count ?? 0} ranks`, ...(now.loading ? ["loading more"] : []));
  else if (!shown.length && hasRanks(panel)) parts.push(now.loading ? "loading" : "every rank is hidden");
  else if (shown.length || !now.loading) parts.push(noteText(scene, plot.area().width, shown, now.loading));
  if (data.previewed.length) parts.push("preview");
  if (shown.some(({ kind }) => kind === "tail")) parts.push("dashed: overwritten");
  if (now.trouble) parts.push(now.trouble);
  return parts.join(" · ");
}

/** What gestures do to a panel: its settings change, and everything else follows from that. */
function gesturesOf({ settings, seen }: LineView, { plot, maker, inspector }: Live): Gestures {
  const isLog = () => maker.along(seen()).log;
  // Distances are those that are seen.
  const scaled = (domain: Domain) => onScale(domain, isLog());
  const shown = (): Domain => scaled(maker.shown(seen()));
  const pixel = () => (shown()[1] - shown()[0]) / plot.area().width;
  function zoomTo(domain: Domain): void {
    const zoom = within(domain, scaled(maker.whole(seen())));
    settings.set({ zoom: zoom && offScale(zoom, isLog()) });
  }
  return {
    area: plot.area,
    hover: inspector.hover,
    leave: inspector.leave,
    select: inspector.select,
    step: inspector.step,
    zoom([from, to]) {
      const plane = plot.plane();
      if (plane) zoomTo(scaled([fromPixelX(plane, from), fromPixelX(plane, to)]));
    },
    pan(pixels) {
      const [from, to] = shown();
      const shift = -pixels * pixel();
      if (settings.get().zoom) zoomTo([from + shift, to + shift]);
    },
    pinch([a, b], [c, d]) {
      // What was under each finger stays there.
      const size = pixel() * ((b - a) / (d - c));
      const from = shown()[0] + a * pixel() - c * size;
      zoomTo([from, from + size * plot.area().width]);
    },
    scale: (factor) => zoomTo(zoomed(shown(), scaled([inspector.focus(), inspector.focus()])[0], factor)),
    reset: () => settings.set({ zoom: null }),
  };
}

/** One item for each group of colours, or else for each line. Returns how to bring it up to date. */
function legendFor(place: HTMLElement, { panel, settings, seen }: LineView, { maker, data }: Live): () => void {
  const groups = maker.groups(seen());
  const items = new Map<string, LegendItem & { runs: number[] }>();
  for (const line of data.lines) {
    const name = groups ? (groups.names[groups.of[line.run] ?? 0] ?? "") : line.name;
    const key = groups ? name : line.key;
    const item = items.get(key) ?? { name, ...maker.style(line, seen()), runs: [] };
    item.runs.push(line.run);
    items.set(key, item);
  }
  const counted = (item: LegendItem) => (seen().groupBy ? { ...item, name: `${item.name} (n = ${new Set(item.runs).size})` } : item);
  return fillLegend(place, [...items.values()].map(counted), {
    hidden: () => settings.get().hidden,
    setHidden: (hidden) => settings.set({ hidden }),
    project: panel.project,
  });
}

/** The ranks, while each has a line: a press hides or shows one in every panel of the page. */
function rankLegend(place: HTMLElement, { panel, settings, seen }: LineView, { maker, data }: Live): () => void {
  let names: string[] = [];
  let update: (() => void) | null = null;
  const numbers = (hidden: ReadonlySet<string>) => new Set(names.flatMap((name, number) => (hidden.has(name) ? [number] : [])));
  return () => {
    const lines = data.lines.filter(({ kind }) => kind === "rank");
    place.hidden = settings.get().ranks !== "each" || !lines.length;
    if (place.hidden) return;
    if (!update) {
      names = lines.map(({ rank }) => rank);
      const items = lines.map((line, number) => ({ name: line.rank, ...maker.style(line, seen()), runs: [number] }));
      update = fillLegend(place, items, {
        hidden: () => numbers(settings.get().hiddenRanks),
        setHidden: (hidden) => settings.set({ hiddenRanks: new Set(names.filter((_, number) => hidden.has(number))) }),
        project: `ranks of ${panel.title}`,
      });
    }
    update();
  };
}
