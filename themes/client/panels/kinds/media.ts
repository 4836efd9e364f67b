/** What the runs logged under a key, side by side: at a step, or the last before it. Each run's media are loaded when it comes into sight. */
import { element } from "../../elements";
import { inWords } from "../../errors";
import { formatStep } from "../../format";
import { histogramElement } from "../../media/histogram";
import { runNames } from "../../runs";
import type { MediaPanel, MediaPlaces, RunMedium } from "../../types";
import type { KindPlace, KindView } from "../late";
import { coloursOf } from "./colours";
import { onRuns, plural, shownRuns } from "./columns";
import { loadRunMedia, runsWithMedia } from "./run_media";
import { tableElement } from "./table";

/** More runs than these at once are asked for. */
const AT_ONCE = 24;
const SMALL = 96;

/** What stands at a step: what was logged there, or else at the last step before. Several at one step stay together. */
export function mediaAt(media: readonly RunMedium[], step: number): RunMedium[] {
  const past = media.filter((medium) => medium.step <= step);
  const last = past[past.length - 1]?.step;
  return past.filter((medium) => medium.step === last);
}

function figure(medium: RunMedium, label: string, { tools }: KindPlace, runUrl: string): HTMLElement {
  const url = medium.uri === undefined ? "" : tools.pageUrl(medium.uri);
  if (medium.bins && medium.values) return histogramElement({ bins: Array.from(tools.column(medium.bins)), values: medium.values }, label);
  if (url && medium.kind === "image") {
    const { width, height } = medium;
    const isSmall = width !== undefined && width < SMALL;
    const image = element("img", { src: url, alt: label, loading: "lazy", decoding: "async", width, height, class: isSmall ? "pixels" : null });
    return element("a", { href: url, title: "Open the picture" }, image);
  }
  if (url && medium.kind === "audio") return element("audio", { src: url, controls: true, preload: "none", "aria-label": label });
  if (url && medium.kind === "video") return element("video", { src: url, controls: true, preload: "none", playsinline: true, "aria-label": label });
  if (url && medium.kind === "html") return element("iframe", { src: url, title: label, sandbox: "", loading: "lazy", referrerpolicy: "no-referrer" });
  return element("a", { href: `${runUrl}#media`, class: "media-link" }, `${medium.kind} on the page of the run`);
}

/** The media of the runs shown. */
export function mediaPanel(place: KindPlace, panel: MediaPanel): KindView {
  const { frame, head, title, context, tools } = place;
  const { index, runs, settings } = context;
  const known = index.media.find(({ key }) => key === panel.key);
  const names = runNames(runs);
  const loaded = new Map<number, readonly RunMedium[]>();
  const cards = element("div", { class: "media-cards", tabindex: 0, role: "region", "aria-label": title });
  const slider = element("input", { type: "range", min: 0, max: 0, step: 1, "aria-label": `Step of ${title}` });
  const output = element("output", { class: "media-step" });
  let places: MediaPlaces | null = null;
  let most = AT_ONCE;
  let step = panel.step ?? Infinity;
  const made = new Map<number, { state: string; root: HTMLElement }>();
  let released = false;
  let isTableOpen = false;

  const having = () => runsWithMedia(runs, settings.get().hidden, places, panel.key);
  const steps = () => [...new Set([...loaded.values()].flatMap((media) => media.map((medium) => medium.step)))].sort((a, b) => a - b);

  function showSlider(): void {
    const all = steps();
    slider.max = String(Math.max(0, all.length - 1));
    const at = Math.max(0, all.filter((one) => one <= step).length - 1);
    slider.value = String(at);
    const text = all.length ? `step ${formatStep(all[at] ?? 0)}` : "";
    output.textContent = text;
    slider.setAttribute("aria-valuetext", text);
    head.hidden = all.length < 2;
  }

  /** A card is kept while it shows the same: what plays goes on, and nothing flickers when another one arrives. */
  function card(run: number, colour: string): HTMLElement {
    const media = loaded.get(run);
    const state = `${colour} ${media ? (mediaAt(media, step)[0]?.step ?? "none") : "loading"}`;
    const kept = made.get(run);
    if (kept?.state === state) return kept.root;
    const root = newCard(run, colour);
    made.set(run, { state, root });
    return root;
  }

  function newCard(run: number, colour: string): HTMLElement {
    const url = tools.pageUrl(runs.urls[run] ?? "");
    const dot = element("span", { class: "media-dot", "aria-hidden": "true" });
    dot.style.background = colour;
    const media = loaded.get(run);
    const here = media ? mediaAt(media, step) : [];
    const label = (medium: RunMedium) => medium.caption || `${panel.key} of ${names[run]} at step ${formatStep(medium.step)}`;
    const shown = here.map((medium) => element("div", { class: "media-figure" }, figure(medium, label(medium), place, url), medium.caption ? element("p", { class: "media-caption" }, medium.caption) : null));
    const at = here[0] ? `step ${formatStep(here[0].step)}` : media ? "nothing yet at this step" : "";
    const line = element("p", { class: "media-run" }, dot, element("a", { href: url }, names[run] ?? ""), element("span", {}, at));
    return element("section", { class: "media-card", "data-run": run, "aria-busy": !media }, line, element("div", { class: "media-figures" }, ...shown));
  }

  function table() {
    const rows = having().flatMap((run) => mediaAt(loaded.get(run) ?? [], step).map((medium) => [names[run] ?? "", medium.step, medium.kind, medium.caption ?? "", medium.uri ?? ""]));
    return { columns: ["run", "step", "kind", "caption", "file"], rows };
  }

  async function draw(): Promise<void> {
    if (released || !places) return;
    const state = settings.get();
    const all = having();
    const shown = all.slice(-most).reverse();
    const words = !all.length ? (shownRuns(runs, state.hidden).length ? `None of the runs shown has logged “${panel.key}”.` : "Every run is hidden.") : "";
    frame.message(words);
    frame.describe(words ? `${title}: ${words}` : `${panel.key} of ${plural(shown.length, "run")}.`);
    const colours = coloursOf(runs, all, null, state, tools.theme());
    const more = element("button", { type: "button", class: "button" }, `${all.length - shown.length} older runs`);
    more.addEventListener("click", () => {
      most += AT_ONCE;
      tools.inTurn(draw);
    });
    cards.replaceChildren(...shown.map((run) => card(run, colours.of(run))), ...(all.length > shown.length ? [more] : []));
    showSlider();
    frame.note(all.length > shown.length ? `${shown.length} of ${plural(all.length, "run")}, the newest` : plural(shown.length, "run"));
    if (isTableOpen) frame.showTable(tableElement(table(), title));
    for (const run of shown) if (!loaded.has(run)) void fetchRun(run);
  }

  const asked = new Set<number>();
  async function fetchRun(run: number): Promise<void> {
    if (!places || asked.has(run)) return;
    asked.add(run);
    try {
      loaded.set(run, await loadRunMedia(tools, places, run, panel.key, known?.kind ?? ""));
    } catch (error) {
      frame.note(inWords(error));
      asked.delete(run);
      return;
    }
    if (!released) tools.inTurn(draw);
  }

  slider.addEventListener("input", () => {
    const all = steps();
    const at = Number(slider.value);
    // The last place means the newest, also of what is still to be loaded.
    step = at >= all.length - 1 ? Infinity : (all[at] ?? Infinity);
    tools.inTurn(draw);
  });
  head.replaceChildren(slider, output);
  head.hidden = true;
  frame.canvas.replaceChildren(cards);
  const redraw = () => tools.inTurn(draw);
  const stops = [onRuns(settings, redraw), tools.onScheme(redraw), () => tools.outOfTurn(draw)];
  if (!known || !index.mediaOf) {
    const words = `No run has logged media under “${panel.key}”.`;
    frame.message(words);
    frame.describe(`${title}: ${words}`);
  } else {
    tools.load<MediaPlaces>(index.mediaOf).then(
      (found) => {
        places = found;
        redraw();
      },
      (error: unknown) => frame.message(inWords(error)),
    );
  }
  return {
    menu: () =>
      loaded.size
        ? [{ label: "Show as table", checked: isTableOpen, choose: () => ((isTableOpen = !isTableOpen), frame.showTable(isTableOpen ? tableElement(table(), title) : null)) }]
        : [],
    release() {
      released = true;
      for (const stop of stops) stop();
      frame.showTable(null);
      frame.canvas.replaceChildren();
    },
  };
}
