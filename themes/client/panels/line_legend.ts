/** The legends under a line panel: of its runs or groups, of its ranks, of its metrics. */
import { swatch } from "../chart/swatch";
import { element } from "../elements";
import type { LinePanel } from "../types";
import { hasRanks } from "./beside";
import { type LegendItem, fillLegend } from "./legend";
import type { Live, LineView } from "./line";

/** So many names fit into one line of a legend. */
const FEW = 3;

/** How much room a legend gets is known before its names are: nothing moves when they arrive. */
function legendClass({ runs, metrics, colorBy, group, legend }: LinePanel): string {
  if (!legend) return "panel-legend panel-legend-ranks";
  const isShort = !colorBy && !group && runs !== null && runs.length * metrics.length <= FEW;
  return isShort ? "panel-legend" : "panel-legend panel-legend-tall";
}

/** Whether lines of several metrics are told apart by their dashes, which no list beside the panel explains. */
function hasMetrics({ legend, metrics, pattern, y, source }: LinePanel): boolean {
  return !legend && source !== "run" && (metrics.length > 1 || Boolean(pattern)) && !(y && !/\by\b/.test(y));
}

/** The place for a legend; null for a panel that needs none. */
export function legendPlace(panel: LinePanel): HTMLElement | null {
  if (hasMetrics(panel)) return element("div", { class: "panel-legend panel-legend-metrics" });
  // Names of ranks have room under the plot only while there is a line for each.
  return panel.legend || hasRanks(panel) ? element("div", { class: legendClass(panel), hidden: !panel.legend }) : null;
}

/** Fills a legend; returns how to bring it up to date. */
export function lineLegend(place: HTMLElement, view: LineView, live: Live): () => void {
  const { panel } = live;
  if (hasMetrics(view.panel)) return metricLegend(place, view, live);
  return (panel.legend ? legendFor : rankLegend)(place, view, live);
}

/** The metrics: by dashes, which the lines of every run share, and by colours where there is one run alone. */
function metricLegend(place: HTMLElement, { seen }: LineView, { panel, maker, data }: Live): () => void {
  const update = () => {
    const isAlone = data.lines.every(({ run }) => run === data.lines[0]?.run);
    const items = panel.metrics.flatMap((name, metric) => {
      const line = data.lines.find((one) => one.metric === metric);
      if (!line) return [];
      const { colour, dash } = maker.style(line, seen());
      const sample = swatch(colour, dash);
      if (!isAlone) sample.querySelector("line")?.style.setProperty("stroke", "currentColor");
      return [element("span", { class: "legend-item" }, sample, name)];
    });
    place.replaceChildren(...items);
  };
  update();
  return update;
}

/** One item for each group of colours, or else for each line. Returns how to bring it up to date. */
function legendFor(place: HTMLElement, { settings, seen }: LineView, { panel, maker, data }: Live): () => void {
  const groups = maker.groups(seen());
  const items = new Map<string, LegendItem & { runs: number[] }>();
  for (const line of data.lines) {
    const name = groups ? (groups.names[groups.of[line.run] ?? 0] ?? "") : line.name;
    const key = groups ? name : line.key;
    const item = items.get(key) ?? { name, ...maker.style(line, seen()), runs: [] };
    item.runs.push(line.run);
    items.set(key, item);
  }
  const counted = (item: LegendItem) => (seen().groupBy.length ? { ...item, name: `${item.name} (n = ${new Set(item.runs).size})` } : item);
  return fillLegend(place, [...items.values()].map(counted), {
    hidden: () => settings.get().hidden,
    setHidden: (hidden) => settings.set({ hidden }),
    project: panel.project,
  });
}

/** The ranks, while each has a line: a press hides or shows one in every panel of the page. */
function rankLegend(place: HTMLElement, { settings, seen }: LineView, { panel, maker, data }: Live): () => void {
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
