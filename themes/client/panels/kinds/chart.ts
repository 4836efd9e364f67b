/** The life of a panel that is drawn from marks: canvas, pointer, keys, table, exports. What it shows is a function of how it is looked at. */
import { element } from "../../elements";
import type { Theme } from "../../theme";
import type { Frame } from "../frame";
import type { KindView, PanelTools } from "../late";
import type { MenuItem } from "../menu";
import type { PanelContext } from "../registry";
import type { PanelSettings } from "../settings";
import { onRuns } from "./columns";
import { type Hit, hitAt } from "./hits";
import { type Mark, type Size, TEXT_SIZE, paint, svgOf } from "./marks";
import type { Measure } from "./scales";
import { type Table, tableCsv, tableElement } from "./table";

/** What a picture depends on besides its data. */
export interface Look {
  size: Size;
  settings: PanelSettings;
  theme: Theme;
  measure: Measure;
}

export interface Picture {
  marks: readonly Mark[];
  hits: readonly Hit[];
  /** under the plot: what is not as one might think */
  note: string;
  /** the picture in a sentence */
  summary: string;
  table: Table;
}

/** Why there is nothing to see. */
export interface Nothing {
  why: string;
}

export interface ChartOptions {
  frame: Frame;
  title: string;
  context: PanelContext;
  tools: PanelTools;
  /** Null while data are on the way. */
  picture: (look: Look) => Picture | Nothing | null;
  menu?: () => MenuItem[];
}

export interface ChartView extends KindView {
  redraw: () => void;
  /** what was drawn last */
  hits: () => readonly Hit[];
}

function canvasContext(canvas: HTMLCanvasElement, { width, height }: Size): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** How wide texts are in the font of the page. */
function measureIn(font: string): Measure {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return (text) => text.length * 6;
  context.font = `${TEXT_SIZE}px ${font}`;
  const known = new Map<string, number>();
  return (text) => {
    let width = known.get(text);
    if (width === undefined) known.set(text, (width = context.measureText(text).width));
    return width;
  };
}

/** A chart in a frame. */
export function markChart({ frame, title, context, tools, picture, menu }: ChartOptions): ChartView {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const { settings, project, runs } = context;
  const size = (): Size => ({ width: frame.canvas.clientWidth, height: frame.canvas.clientHeight });
  let drawn: Picture | null = null;
  let at: Hit | null = null;
  let isTableOpen = false;
  let measured: { font: string; measure: Measure } | null = null;

  function measureFor(font: string): Measure {
    if (measured?.font !== font) measured = { font, measure: measureIn(font) };
    return measured.measure;
  }

  async function draw(): Promise<void> {
    const room = size();
    if (!room.width || !room.height) return;
    const colours = tools.theme();
    const made = picture({ size: room, settings: settings.get(), theme: colours, measure: measureFor(colours.font) });
    if (!made) return;
    const nothing = "why" in made ? made.why : "";
    drawn = "why" in made ? null : made;
    frame.message(nothing);
    frame.describe(nothing ? `${title}: ${nothing}` : (drawn?.summary ?? ""));
    frame.note(drawn?.note ?? "");
    const pen = canvasContext(canvas, room);
    canvas.style.width = `${room.width}px`;
    canvas.style.height = `${room.height}px`;
    if (pen && drawn) paint(pen, drawn.marks, colours);
    if (isTableOpen) showTable();
    point(null);
  }

  /** A ring or a frame about what the reader looks at. */
  function mark(): void {
    const pen = canvasContext(frame.overlay, size());
    if (!pen || !drawn) return;
    const { run, project: litProject } = tools.lit.get();
    const looked = at ? [at] : litProject === project && run !== null ? drawn.hits.filter((hit) => hit.run === run) : [];
    pen.strokeStyle = tools.theme().text;
    pen.lineWidth = 1.5;
    for (const { x, y, width, height } of looked) {
      pen.beginPath();
      if (width !== undefined && height !== undefined) pen.rect(x - width / 2, y - height / 2, width, height);
      else pen.arc(x, y, 7, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  function point(hit: Hit | null, pointer?: { x: number; y: number }): void {
    const before = at;
    at = hit;
    mark();
    if (hit) {
      const box = frame.stage.getBoundingClientRect();
      tools.showPairs(hit.pairs, pointer ?? { x: box.left + hit.x, y: box.top + hit.y });
      if (!pointer) frame.announce(hit.pairs.map(([name, text]) => `${name} ${text}`.trim()).join(", "));
    } else if (before) tools.hideTooltip();
    if (before !== hit && (before || hit)) tools.lit.set({ project, run: hit?.run ?? null });
  }

  function open(hit: Hit | null, apart: boolean): void {
    const url = hit?.run === undefined ? undefined : runs.urls[hit.run];
    if (url === undefined) return;
    if (apart) window.open(tools.pageUrl(url), "_blank", "noopener");
    else location.href = tools.pageUrl(url);
  }

  function step(by: number): void {
    if (!drawn?.hits.length) return;
    const place = at ? drawn.hits.indexOf(at) : by > 0 ? -1 : drawn.hits.length;
    point(drawn.hits[Math.min(Math.max(place + by, 0), drawn.hits.length - 1)] ?? null);
  }

  function showTable(): void {
    isTableOpen = Boolean(drawn);
    frame.showTable(drawn ? tableElement(drawn.table, title) : null);
  }

  const stop = new AbortController();
  const { signal } = stop;
  const hitOf = (event: MouseEvent) => {
    const box = frame.stage.getBoundingClientRect();
    return hitAt(drawn?.hits ?? [], event.clientX - box.left, event.clientY - box.top);
  };
  frame.stage.addEventListener(
    "pointermove",
    (event) => {
      const hit = hitOf(event);
      frame.stage.style.cursor = hit?.run !== undefined ? "pointer" : "";
      point(hit, { x: event.clientX, y: event.clientY });
    },
    { signal },
  );
  frame.stage.addEventListener("pointerleave", () => point(null), { signal });
  frame.stage.addEventListener("click", (event) => open(hitOf(event), event.ctrlKey || event.metaKey), { signal });
  frame.stage.addEventListener("blur", () => point(null), { signal });
  const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  frame.stage.addEventListener(
    "keydown",
    (event) => {
      if (event.target !== frame.stage || event.altKey) return;
      const by = steps[event.key];
      if (by !== undefined) step(by);
      else if (event.key === "Enter") open(at, event.ctrlKey || event.metaKey);
      else if (event.key === "Escape" && at) point(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );

  const redraw = () => tools.inTurn(draw);
  const room = new ResizeObserver(redraw);
  room.observe(frame.canvas);
  const stops = [onRuns(settings, redraw), tools.onScheme(redraw), tools.lit.subscribe(mark), () => room.disconnect(), () => tools.outOfTurn(draw)];
  frame.canvas.replaceChildren(canvas);

  function toggleTable(): void {
    if (isTableOpen) {
      isTableOpen = false;
      frame.showTable(null);
    } else showTable();
  }

  function exports(): MenuItem[] {
    if (!drawn) return [];
    const { marks, table } = drawn;
    const svg = () => svgOf(marks, size(), tools.theme(), title);
    const items = tools.exportItems({ title, svg, csv: () => tableCsv(table) }, (text) => frame.note(text));
    return [{ label: "Show as table", checked: isTableOpen, choose: toggleTable }, ...items];
  }

  return {
    redraw,
    hits: () => drawn?.hits ?? [],
    menu: () => [...(menu?.() ?? []), ...exports()],
    release() {
      stop.abort();
      for (const end of stops) end();
      point(null);
      frame.showTable(null);
      frame.canvas.replaceChildren();
    },
  };
}
