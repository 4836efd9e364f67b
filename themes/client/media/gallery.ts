/** A gallery: shelves by key, all at one step. Each shelf is drawn when it comes near the window. */
import { element } from "../elements";
import { formatStep } from "../format";
import { whenNear } from "../panels/visibility";
import type { DataRef, Numbers, ShelfPayload } from "../types";
import { keepStep, stepIn } from "./address";
import { createStepper, type Stepper } from "./bar";
import { type Dressing, dress } from "./dress";
import { histogramShelf } from "./histogram_shelf";
import { pictureShelf } from "./picture_shelf";
import type { Site } from "./site";
import { allSteps, placeAt } from "./steps";

/** What draws the media of one key. */
export interface ShelfView {
  /** draws a step that the key has; undefined when there is nothing yet */
  show: (step: number | undefined) => void;
}

export interface ShelfContext {
  key: string;
  site: Site;
  /** all of the gallery's steps go to this one */
  goTo: (step: number) => void;
  stepper: Stepper;
  shelves: readonly Shelf[];
}

/** The media of one key: where they stand, when they were logged, and their data where they have some. */
export interface Shelf {
  key: string;
  kind: string;
  host: HTMLElement;
  row: HTMLElement;
  steps: ArrayLike<number>;
  data: () => Promise<ShelfPayload>;
}

/** The shelf at an element of the page. */
export function shelfOf(host: HTMLElement, site: Site): Shelf {
  const { key = "", kind = "", source, steps } = host.dataset;
  const figures = [...host.querySelectorAll<HTMLElement>("figure.medium")];
  const row = host.querySelector<HTMLElement>(".gallery-row") ?? host;
  return {
    key,
    kind,
    host,
    row,
    steps: steps ? site.column(JSON.parse(steps) as Numbers) : allSteps([figures.map(({ dataset }) => Number(dataset["step"]))]),
    data: () => site.load<ShelfPayload>(JSON.parse(source ?? "{}") as DataRef),
  };
}

/** Figures that are in the page: those of other steps are hidden. */
function figureShelf({ host }: Shelf, dressing: Dressing): ShelfView {
  const figures = [...host.querySelectorAll<HTMLElement>("figure.medium")];
  figures.forEach((figure) => dress(figure, dressing));
  return {
    show: (step) => {
      for (const figure of figures) figure.hidden = Number(figure.dataset["step"]) !== step;
    },
  };
}

/** Says beside the name of a key what is shown when it has nothing at a step. */
function sayer(shelf: Shelf): (step: number, shown: number | undefined) => void {
  const note = element("span", { class: "shelf-note" });
  shelf.host.querySelector("h3, .shelf-head")?.append(note);
  return (step, shown) => {
    if (shown === step) note.textContent = "";
    else if (shown !== undefined) note.textContent = `step ${formatStep(shown)}, the last before`;
    else note.textContent = `nothing before step ${formatStep(shelf.steps[0] ?? 0)}`;
  };
}

/** Lets a shelf follow the steps, drawing only while it is near the window. */
export function follow(shelf: Shelf, context: ShelfContext): (step: number) => void {
  const say = sayer(shelf);
  let view: ShelfView | undefined;
  let near = false;
  let wanted: number | undefined;
  let shown: number | undefined | null = null;

  function draw(): void {
    // Figures of other steps that stand in the page have to go at once.
    if ((!near && shelf.kind) || shown === wanted) return;
    view ??= viewOf(shelf, context);
    shown = wanted;
    view.show(wanted);
  }
  whenNear(shelf.host, () => {
    near = true;
    draw();
    return { release: () => void (near = false) };
  });
  return (step) => {
    const place = placeAt(shelf.steps, step);
    wanted = place < 0 ? undefined : (shelf.steps[place] as number);
    say(step, wanted);
    draw();
  };
}

function viewOf(shelf: Shelf, context: ShelfContext): ShelfView {
  if (shelf.kind === "pictures") return pictureShelf(shelf, context);
  if (shelf.kind === "histograms") return histogramShelf(shelf, context);
  return figureShelf(shelf, { site: context.site, tableState: new Map() });
}

/** A field that leaves only the keys with some letters, where there are many. */
function keyFilter(shelves: readonly Shelf[]): HTMLElement {
  const input = element("input", { type: "search", class: "input", placeholder: "Filter keys", "aria-label": "Filter keys" });
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase();
    for (const { host, key } of shelves) host.hidden = !key.toLowerCase().includes(words);
  });
  return input;
}

const MANY_KEYS = 6;

/** Makes a gallery of what the page has. */
export function gallery(host: HTMLElement, site: Site): void {
  const shelves = [...host.querySelectorAll<HTMLElement>(":scope > .gallery-shelf")].map((each) => shelfOf(each, site));
  const steps = allSteps(shelves.map((shelf) => Array.from(shelf.steps)));
  const last = Math.max(0, steps.length - 1);
  const asked = stepIn(location.search);
  const first = Number.isNaN(asked) ? last : Math.max(0, placeAt(steps, asked));
  const followers: ((step: number) => void)[] = [];
  const seen = () => host.checkVisibility?.() ?? true;
  let settled = false;
  const stepper = createStepper(steps, first, (step) => {
    for (const each of followers) each(step);
    host.dispatchEvent(new CustomEvent("step", { detail: step }));
    if (settled) keepStep(step === steps[last] ? null : step);
  }, seen);
  const goTo = (step: number) => stepper.go(placeAt(steps, step));
  followers.push(...shelves.map((shelf) => follow(shelf, { key: shelf.key, site, goTo, stepper, shelves })));
  if (shelves.length >= MANY_KEYS) stepper.bar.append(keyFilter(shelves));
  if (steps.length > 1) host.prepend(stepper.bar);
  else if (shelves.length >= MANY_KEYS) host.prepend(element("div", { class: "gallery-bar" }, keyFilter(shelves)));
  stepper.go(first);
  settled = true;
  addEventListener("popstate", () => {
    const step = stepIn(location.search);
    stepper.go(Number.isNaN(step) ? last : Math.max(0, placeAt(steps, step)));
  });
}

