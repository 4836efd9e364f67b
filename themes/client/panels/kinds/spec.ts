/** A Vega-Lite specification of the project, compiled by the build, over the runs that are shown. */
import type { View } from "../../chart/vega";
import { inWords } from "../../errors";
import { runNames } from "../../runs";
import type { Cell, RunsData, SpecPanel, VegaChart } from "../../types";
import type { KindPlace, KindView } from "../late";
import { coloursOf } from "./colours";
import { onRuns, plural, shownRuns } from "./columns";
import { tableCsv, tableElement } from "./table";

/** The name of the data in a specification: reportgen/charts/project_spec.py. */
const DATA = "runs";
const GROUPS = ["config", "summary", "system"] as const;

export type Row = Record<string, unknown>;

function plain(cell: Cell): unknown {
  return Array.isArray(cell) ? cell.join(", ") : cell;
}

/**
 * A row for each run: `id`, `name`, `color` and what else is known of it, and below `config`, `summary` and `system` their keys,
 * so that a field is `config.lr` or `summary['val/acc']`.
 */
export function specRows(runs: RunsData, shown: readonly number[], colour: (run: number) => string): Row[] {
  const names = runNames(runs);
  const own = runs.columns.filter(({ group }) => group === "run");
  const groups = GROUPS.map((group) => [group, runs.columns.filter((column) => column.group === group)] as const);
  return shown.map((run) => {
    const parts = groups.map(([group, columns]) => {
      return [group, Object.fromEntries(columns.map(({ key, values }) => [key.slice(group.length + 1), plain(values[run] ?? null)]))];
    });
    const about = own.map(({ key, values }) => [key, plain(values[run] ?? null)]);
    return { ...Object.fromEntries([...about, ...parts]), id: runs.ids[run], name: names[run], color: colour(run) } as Row;
  });
}

interface Table {
  name?: string;
  source?: unknown;
  values?: unknown;
}

/** The specification with rows in the place of the runs. */
export function withRows(spec: Record<string, unknown>, rows: readonly Row[]): Record<string, unknown> {
  const tables = Array.isArray(spec["data"]) ? (spec["data"] as Table[]) : [];
  return { ...spec, data: tables.map((table) => (table.name === DATA && table.source === undefined ? { ...table, values: rows } : table)) };
}

/** A panel of a specification. */
export function specPanel({ frame, title, context, tools }: KindPlace, panel: SpecPanel): KindView {
  const { index, runs, settings } = context;
  const entry = index.specs.find(({ name }) => name === panel.name);
  const problem = !entry ? `There is no specs/${panel.name}.json over the data “${DATA}” in this project.` : (entry.problem ?? "");
  let view: View | null = null;
  let released = false;
  let chart: VegaChart | null = null;
  let drawn: Record<string, unknown> | null = null;
  let isTableOpen = false;

  function table() {
    const shown = shownRuns(runs, settings.get().hidden);
    const columns = runs.columns.filter(({ group }) => group !== "system");
    return { columns: columns.map(({ label }) => label), rows: shown.map((run) => columns.map(({ values }) => plain(values[run] ?? null) as string | number | null)) };
  }

  async function draw(): Promise<void> {
    const { clientWidth, clientHeight } = frame.canvas;
    if (!chart || !clientWidth || released) return;
    const state = settings.get();
    const shown = shownRuns(runs, state.hidden);
    frame.message(shown.length ? "" : "Every run is hidden.");
    frame.describe(`${title}: a chart of the project over ${plural(shown.length, "run")}.`);
    frame.note(plural(shown.length, "run"));
    if (isTableOpen) frame.showTable(tableElement(table(), title));
    view?.finalize();
    view = null;
    frame.canvas.replaceChildren();
    if (!shown.length) return;
    const theme = tools.theme();
    const colours = coloursOf(runs, shown, null, state, theme);
    try {
      const { createView } = await tools.vegaLibrary();
      drawn = withRows(chart.spec, specRows(runs, shown, colours.of));
      const spec = tools.dressedSpec(drawn, theme, clientWidth, clientHeight);
      view = createView(spec, { config: tools.vegaConfig(theme), tooltip: tools.showValue });
      await view.initialize(frame.canvas).runAsync();
    } catch (error) {
      frame.message(inWords(error));
    }
  }

  const redraw = () => tools.inTurn(draw);
  const size = new ResizeObserver(redraw);
  const stops = [onRuns(settings, redraw), tools.onScheme(redraw), () => size.disconnect(), () => tools.outOfTurn(draw)];
  if (problem) {
    frame.message(problem);
    frame.describe(`${title}: ${problem}`);
  } else if (entry?.data) {
    tools.load<VegaChart>(entry.data).then(
      (loaded) => {
        chart = loaded;
        if (!released) size.observe(frame.canvas);
      },
      (error: unknown) => frame.message(inWords(error)),
    );
  }
  const toggleTable = () => {
    isTableOpen = !isTableOpen;
    frame.showTable(isTableOpen ? tableElement(table(), title) : null);
  };
  return {
    menu() {
      const [shown, made] = [view, drawn];
      if (!shown || !made) return [];
      const exports = { title, svg: () => shown.toSVG(), csv: () => tableCsv(table()), spec: { label: "Vega", make: () => made } };
      return [{ label: "Show as table", checked: isTableOpen, choose: toggleTable }, ...tools.exportItems(exports, (text) => frame.note(text))];
    },
    release() {
      released = true;
      for (const stop of stops) stop();
      view?.finalize();
      view = null;
      frame.showTable(null);
      frame.canvas.replaceChildren();
    },
  };
}
