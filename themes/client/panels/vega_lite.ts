/** A line panel as a Vega-Lite specification with its data: what is drawn, to go on with elsewhere. */
import { lowerBound, upperBound } from "../chart/plane";
import type { DrawnLine, Scene } from "../chart/plot";
import type { LegendEntry } from "./picture";

const SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";
const [WIDTH, HEIGHT] = [640, 320];
const [FAINT, AREA] = [0.22, 0.18];
const SOLID = [1, 0];

type Row = Record<string, string | number | null>;

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** The drawn entries of a line: where, the value, the smoothed one, and the ends of a band. */
function rowsOf(line: DrawnLine, scene: Scene): Row[] {
  const { entries, smooth, group, name } = line;
  const first = lowerBound(entries.x, scene.x[0]);
  const count = upperBound(entries.x, scene.x[1]) - first;
  const hasBand = line.band || Boolean(group?.area);
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const at = first + index;
    const band = hasBand ? { low: finite(entries.min?.[at]), high: finite(entries.max?.[at]) } : {};
    return { line: name, x: entries.x[at] as number, value: finite(entries.last[at]), ...(smooth && { smooth: finite(smooth[at]) }), ...band };
  });
}

/** What names the lines: each once, in the order in which they are drawn. */
export function sceneLegend(scene: Scene, colours: readonly string[]): LegendEntry[] {
  const entries = new Map<string, LegendEntry>();
  for (const { name, colour, dash, pale } of scene.lines) {
    if (!pale && !entries.has(name)) entries.set(name, { name, colour: colours[colour % colours.length] ?? "#888888", dash });
  }
  return [...entries.values()];
}

/** The specification of a scene. */
export function lineVegaLite(scene: Scene, title: string, colours: readonly string[]): object {
  const legend = sceneLegend(scene, colours);
  const names = legend.map(({ name }) => name);
  const values = scene.lines.flatMap((line) => rowsOf(line, scene));
  const color = { field: "line", type: "nominal", title: null, legend: { symbolOpacity: 1 }, scale: { domain: names, range: legend.map(({ colour }) => colour) } };
  const dashes = { field: "line", type: "nominal", title: null, scale: { domain: names, range: legend.map(({ dash }) => (dash.length ? dash : SOLID)) } };
  const y = (field: string) => ({ field, type: "quantitative", title, scale: { domain: scene.y, zero: false, nice: false, ...(scene.log && { type: "log" }) } });
  const lineMark = { type: "line", clip: true, strokeWidth: 1.5 };
  const smoothed = scene.lines.some((line) => line.smooth);
  const banded = values.some((row) => "low" in row);
  const layers = [
    ...(banded ? [{ mark: { type: "area", clip: true, opacity: AREA }, encoding: { y: y("low"), y2: { field: "high" } } }] : []),
    { mark: smoothed ? { ...lineMark, opacity: FAINT } : lineMark, encoding: { y: y("value"), strokeDash: dashes } },
    ...(smoothed ? [{ mark: lineMark, encoding: { y: y("smooth"), strokeDash: dashes } }] : []),
  ];
  const isTime = scene.axis === "wall";
  return {
    $schema: SCHEMA,
    title,
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    encoding: {
      x: {
        field: "x",
        type: isTime ? "temporal" : "quantitative",
        title: scene.xName || { step: "step", relative: "seconds since start", wall: "time", own: "x" }[scene.axis],
        scale: { domain: scene.x, nice: false, ...(isTime ? {} : { zero: false }), ...(scene.logX && { type: "log" }) },
      },
      color,
    },
    layer: layers,
  };
}
