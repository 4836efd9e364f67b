/** A line panel: loads its curves, draws them, and follows zoom, crosshair, colour scheme and size while it is near. */
import { zoomed, within } from "../chart/domain";
import { watchGestures } from "../chart/gestures";
import { fromPixelX } from "../chart/plane";
import { type Plot, type Scene, createPlot } from "../chart/plot";
import { detailServes, loadDetail } from "../chart/tiles";
import { xText } from "../chart/tooltip";
import { vegaLibrary } from "../data";
import type { Store } from "../store";
import { onScheme, theme } from "../theme";
import type { LinePanel } from "../types";
import { download, fileName, pngOf, sceneCsv, sceneTable } from "./export";
import { type Frame, createFrame } from "./frame";
import { type Inspector, createInspector } from "./inspector";
import { type LegendItem, fillLegend } from "./legend";
import { type PanelData, loadPanel } from "./line_data";
import type { MenuItem } from "./menu";
import { noteText, summaryText } from "./note";
import { type SceneMaker, coarseLines, createSceneMaker } from "./scene";
import type { PanelSettings } from "./settings";
import { type Drawn, whenNear } from "./visibility";

const HEIGHT = 220;
const SETTLE = 120;

/** What a panel has while it is drawn. */
interface Live {
  plot: Plot;
  maker: SceneMaker;
  data: PanelData;
  inspector: Inspector;
  scene: Scene | null;
}

/** A line panel in a host. Returns how to remove it. */
export function linePanel(host: HTMLElement, panel: LinePanel, settings: Store<PanelSettings>): () => void {
  let live: Live | null = null;
  const legend = panel.legend ? document.createElement("div") : null;
  legend?.classList.add("panel-legend");
  const frame = createFrame(host, { title: panel.title, height: panel.height ?? HEIGHT, legend, menu });
  let ownLog: boolean | null = null;

  /** The settings as this panel sees them: the menu of a panel has the last word on its y axis. */
  const seen = (): PanelSettings => {
    const shared = settings.get();
    return ownLog === null ? shared : { ...shared, logY: ownLog };
  };

  function menu(): MenuItem[] {
    const scene = live?.scene;
    if (!scene) return [];
    return [
      { label: "Logarithmic y", checked: seen().logY, choose: () => ((ownLog = !seen().logY), redraw()) },
      { label: "Reset zoom", choose: () => settings.set({ zoom: null }) },
      { label: "Show as table", choose: () => frame.showTable(sceneTable(scene, panel.title)) },
      { label: "Download CSV", choose: () => download(fileName(panel.title, "csv"), new Blob([sceneCsv(scene)], { type: "text/csv" })) },
      { label: "Download PNG", choose: () => void savePicture() },
    ];
  }

  async function savePicture(): Promise<void> {
    if (!live) return;
    download(fileName(panel.title, "png"), await pngOf(await live.plot.picture(), theme().page));
  }

  let redraw: () => void = () => undefined;

  function draw(): Drawn {
    const stop = new AbortController();
    const started = start(frame, panel, stop.signal).then(
      (loaded) => {
        if (stop.signal.aborted) return loaded.plot.destroy();
        live = loaded;
        redraw = follow(frame, loaded, { panel, settings, seen, legend, signal: stop.signal });
        redraw();
      },
      (error: unknown) => frame.message(error instanceof Error ? `${error.message}.` : String(error)),
    );
    void started;
    return {
      release() {
        stop.abort();
        live?.inspector.destroy();
        live?.plot.destroy();
        live = null;
      },
    };
  }
  return whenNear(host, draw);
}

async function start(frame: Frame, panel: LinePanel, signal: AbortSignal): Promise<Live> {
  const [library, data] = await Promise.all([vegaLibrary(), loadPanel(panel)]);
  frame.message("");
  const plot = createPlot(library, frame.canvas);
  const live: Live = { plot, maker: createSceneMaker(panel, data), data, scene: null, inspector: null as never };
  live.inspector = createInspector(frame, panel.project, plot, () => live.scene);
  if (signal.aborted) live.inspector.destroy();
  return live;
}

interface Following {
  panel: LinePanel;
  settings: Store<PanelSettings>;
  seen: () => PanelSettings;
  legend: HTMLElement | null;
  signal: AbortSignal;
}

/** Keeps a drawn panel up to date until the signal aborts; returns how to ask for a new picture. */
function follow(frame: Frame, live: Live, following: Following): () => void {
  const { panel, settings, seen, signal } = following;
  const { plot, maker, inspector } = live;
  let frameRequest = 0;
  let settle = 0;
  let loading = false;

  const width = () => plot.area().width;

  async function paint(): Promise<void> {
    frameRequest = 0;
    if (signal.aborted || frame.stage.clientWidth === 0) return;
    const scene = maker.scene(seen(), width());
    live.scene = scene;
    await plot.draw(scene);
    if (signal.aborted) return;
    frame.note(noteText(scene, width(), maker.visible(seen()), loading));
    frame.describe(summaryText(panel.title, scene, (x) => xText(scene.axis, x)));
    inspector.redraw();
  }

  function redraw(): void {
    if (!frameRequest && !signal.aborted) frameRequest = requestAnimationFrame(() => void paint());
    clearTimeout(settle);
    settle = window.setTimeout(() => void refine(), SETTLE);
  }

  /** Fetches what the overview is too coarse for, once the zoom has come to rest. */
  async function refine(): Promise<void> {
    const now = seen();
    const pixels = width();
    const wanted = coarseLines(maker, now, pixels).filter(({ line, rows }) => !detailServes(maker.details.get(line.key), rows, pixels));
    if (!wanted.length || signal.aborted) return;
    loading = true;
    frame.note(live.scene ? noteText(live.scene, pixels, maker.visible(now), true) : "");
    await Promise.allSettled(
      wanted.map(async ({ line, rows }) => {
        const detail = await loadDetail(line.curve, maker.overview(line, now.x), rows, pixels);
        if (detail) maker.details.set(line.key, detail);
      }),
    );
    loading = false;
    if (!frameRequest && !signal.aborted) frameRequest = requestAnimationFrame(() => void paint());
  }

  const zoomTo = (from: number, to: number) => settings.set({ zoom: within([from, to], maker.whole(seen())) });
  const shown = () => live.scene?.x ?? maker.whole(seen());
  watchGestures(
    frame.stage,
    {
      area: plot.area,
      hover: inspector.hover,
      leave: inspector.leave,
      select: inspector.select,
      step: inspector.step,
      zoom([from, to]) {
        const plane = plot.plane();
        if (plane) zoomTo(fromPixelX(plane, from), fromPixelX(plane, to));
      },
      pan(pixels) {
        const [from, to] = shown();
        const shift = (-pixels / width()) * (to - from);
        if (settings.get().zoom) zoomTo(from + shift, to + shift);
      },
      pinch([a, b], [c, d]) {
        // What was under each finger stays there.
        const [from, to] = shown();
        const scale = ((b - a) / (d - c)) * ((to - from) / width());
        const start = from + (a / width()) * (to - from) - c * scale;
        zoomTo(start, start + scale * width());
      },
      scale(factor) {
        const [from, to] = zoomed(shown(), inspector.focus(), factor);
        zoomTo(from, to);
      },
      reset: () => settings.set({ zoom: null }),
    },
    signal,
  );

  const updateLegend = following.legend ? legendFor(following.legend, live, following) : null;
  const size = new ResizeObserver(() => {
    plot.resize(frame.canvas.clientWidth, frame.canvas.clientHeight);
    redraw();
  });
  size.observe(frame.canvas);
  const stops = [settings.subscribe(() => (updateLegend?.(), redraw())), onScheme(redraw), () => size.disconnect()];
  signal.addEventListener("abort", () => {
    for (const stop of stops) stop();
    clearTimeout(settle);
    cancelAnimationFrame(frameRequest);
  });
  return redraw;
}

/** One item for each group of colours, or else for each run; a panel of one run lists its metrics by name only. */
function legendFor(place: HTMLElement, live: Live, { panel, settings, seen }: Following): () => void {
  const { maker, data } = live;
  const groups = maker.groups(seen());
  const items = new Map<string, LegendItem & { runs: number[] }>();
  for (const line of data.lines) {
    const name = groups ? (groups.names[groups.of[line.run] ?? 0] ?? "") : line.name;
    const key = groups ? name : line.key;
    const item = items.get(key) ?? { name, ...maker.style(line, seen()), runs: [] };
    item.runs.push(line.run);
    items.set(key, item);
  }
  return fillLegend(place, [...items.values()], {
    hidden: () => settings.get().hidden,
    setHidden: (hidden) => settings.set({ hidden }),
    project: panel.project,
  });
}
