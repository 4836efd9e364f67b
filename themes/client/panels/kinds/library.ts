/**
 * kinds.js: panels that not every workspace has. Loaded when one of them comes near; it must not import what has state of its
 * own (`data`, the tooltip, the painting in turn): that is handed in as `tools`.
 */
import { element } from "../../elements";
import { inWords } from "../../errors";
import { runNames } from "../../runs";
import type { HeatmapPanel, Importance, ImportancePanel, KindsPanel, MediaPlaces, ParallelPanel } from "../../types";
import type { KindPlace, KindView } from "../late";
import type { PanelSettings } from "../settings";
import { barPicture } from "./bar";
import { createBrushes } from "./brushes";
import { type Look, type Nothing, type Picture, markChart } from "./chart";
import { findColumn, onRuns, shownRuns } from "./columns";
import { type Slice, heatmapPicture, slicesOf } from "./heatmap";
import { importancePicture } from "./importance";
import { mediaPanel } from "./media";
import { loadRunMedia, runsWithMedia } from "./run_media";
import { type Brush, parallelPicture } from "./parallel";
import { scalarPicture } from "./scalar";
import { scatterPicture } from "./scatter";
import { specPanel } from "./spec";
import { textPanel } from "./text";

function plainChart(place: KindPlace, picture: (look: Look) => Picture | Nothing): KindView {
  return markChart({ ...place, picture });
}

function importancePanel(place: KindPlace, panel: ImportancePanel): KindView {
  const { context, tools } = place;
  let found: Importance | null = null;
  let trouble = context.index.importance ? "" : "no forest: too few runs differ";
  let waits = Boolean(context.index.importance);
  const view = markChart({
    ...place,
    picture(look) {
      if (waits) return null;
      const metric = findColumn(context.runs, panel.metric)?.key ?? "";
      const forest = found && Object.prototype.hasOwnProperty.call(found.metrics, metric) ? (found.metrics[metric] ?? null) : null;
      return importancePicture(panel, context.runs, look, forest, trouble || (found?.missing ?? ""));
    },
  });
  if (context.index.importance) {
    tools
      .load<Importance>(context.index.importance)
      .then((loaded) => (found = loaded))
      .catch((error: unknown) => (trouble = inWords(error)))
      .finally(() => {
        waits = false;
        view.redraw();
      });
  }
  return view;
}

function heatmapPanel(place: KindPlace, panel: HeatmapPanel): KindView {
  const { context, frame, head, title, tools } = place;
  const { index, runs, settings } = context;
  const names = runNames(runs);
  const known = index.media.some(({ key, kind }) => key === panel.metric && kind === "histogram");
  let places: MediaPlaces | null = null;
  let run = panel.run === undefined ? -1 : runs.ids.indexOf(panel.run);
  let slices: { run: number; found: Slice[] } | null = null;
  let trouble = known ? "" : `No run has logged histograms under “${panel.metric}”.`;
  const chooser = element("select", { class: "select panel-select", "aria-label": `Run of ${title}` });

  const having = () => runsWithMedia(runs, settings.get().hidden, places, panel.metric);
  function choose(): void {
    const all = having();
    // Of a run that is hidden meanwhile, another takes the place.
    if (!all.includes(run)) run = all[all.length - 1] ?? -1;
    chooser.replaceChildren(...all.reverse().map((one) => element("option", { value: one, selected: one === run }, names[one] ?? "")));
    head.hidden = all.length < 1;
    if (run >= 0 && slices?.run !== run) void fetchRun(run);
  }
  async function fetchRun(wanted: number): Promise<void> {
    if (!places) return;
    try {
      const found = slicesOf(await loadRunMedia(tools, places, wanted, panel.metric, "histogram"), tools.column);
      if (wanted === run) slices = { run: wanted, found };
    } catch (error) {
      trouble = inWords(error);
    }
    view.redraw();
  }

  const view = markChart({
    ...place,
    picture(look) {
      if (trouble) return { why: trouble };
      if (!places) return null;
      if (run < 0) return { why: shownRuns(runs, look.settings.hidden).length ? "None of the runs shown has logged it." : "Every run is hidden." };
      return slices?.run === run ? heatmapPicture(panel.metric, names[run] ?? "", slices.found, look) : null;
    },
  });
  chooser.addEventListener("change", () => {
    run = Number(chooser.value);
    choose();
    view.redraw();
  });
  const stop = onRuns(settings, () => {
    choose();
    view.redraw();
  });
  head.replaceChildren(chooser);
  head.hidden = true;
  if (known && index.mediaOf) {
    tools.load<MediaPlaces>(index.mediaOf).then(
      (found) => {
        places = found;
        choose();
        view.redraw();
      },
      (error: unknown) => {
        trouble = inWords(error);
        view.redraw();
      },
    );
  }
  frame.note("");
  return { menu: view.menu, release: () => (stop(), view.release()) };
}

function parallelPanel(place: KindPlace, panel: ParallelPanel): KindView {
  const { context, frame, head, tools } = place;
  const { runs, settings } = context;
  const brushes = new Map<string, Brush>();
  let kept: readonly number[] = [];
  const hide = element("button", { type: "button", class: "button button-small" }, "Hide the others");
  const clear = element("button", { type: "button", class: "button button-small" }, "Clear");

  /** What the brushes leave out is hidden everywhere; in the workspace by closing eyes. */
  function hideOthers(): void {
    const keeps = new Set(kept);
    const state = settings.get() as PanelSettings & { closed?: ReadonlySet<number> };
    const gone = shownRuns(runs, state.hidden).filter((run) => !keeps.has(run));
    brushes.clear();
    if (state.closed) settings.set({ closed: new Set([...state.closed, ...gone]) } as Partial<PanelSettings>);
    else settings.set({ hidden: new Set([...state.hidden, ...gone]) });
  }

  const handles = createBrushes(frame.stage, (key, brush) => {
    if (brush) brushes.set(key, brush);
    else brushes.delete(key);
    tools.hideTooltip();
    view.redraw();
  });
  const view = markChart({
    ...place,
    picture(look) {
      const made = parallelPicture(panel, runs, look, brushes);
      const drawn = "why" in made ? null : made;
      kept = drawn?.kept ?? [];
      handles.update(drawn?.axes ?? [], brushes, kept.length);
      hide.hidden = !drawn || kept.length === shownRuns(runs, look.settings.hidden).length || !kept.length;
      clear.hidden = !drawn || !brushes.size;
      return made;
    },
  });
  hide.addEventListener("click", hideOthers);
  clear.addEventListener("click", () => {
    brushes.clear();
    view.redraw();
    frame.stage.focus({ preventScroll: true });
  });
  head.replaceChildren(clear, hide);
  return {
    menu: view.menu,
    release() {
      handles.remove();
      view.release();
    },
  };
}

/** Shows a panel in its place. */
function show(place: KindPlace, panel: KindsPanel): KindView {
  const { runs } = place.context;
  switch (panel.kind) {
    case "scatter": return plainChart(place, (look) => scatterPicture(panel, runs, look));
    case "bar": return plainChart(place, (look) => barPicture(panel, runs, look));
    case "scalar": return plainChart(place, (look) => scalarPicture(panel, runs, look));
    case "heatmap": return heatmapPanel(place, panel);
    case "parallel": return parallelPanel(place, panel);
    case "importance": return importancePanel(place, panel);
    case "media": return mediaPanel(place, panel);
    case "text": return textPanel(place, panel);
    case "spec": return specPanel(place, panel);
  }
}

const library = { show };

/** What kinds.js gives to the other bundle. */
export type KindsLibrary = typeof library;

if (window.reportgen) window.reportgen.kinds = library;
