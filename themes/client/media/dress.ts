/** Draws what the page could only describe. What few pages need comes in scripts of its own, when it comes into view. */
import { inWords } from "../errors";
import { whenNear } from "../panels/visibility";
import type { BokehPayload, CloudPayload, DataRef, MeshPayload, MoleculePayload, PlotlyPayload, TablePayload } from "../types";
import { bokehFigure } from "./bokeh";
import { cloud } from "./cloud";
import { watchFilm } from "./figure";
import { figure as plotlyFigure, preparePlotly } from "./plotly";
import type { Site } from "./site";
import { dressSound } from "./sound";
import { loggedTable } from "./table";
import type { TableState } from "./table_rows";

/** What all figures of a shelf share. */
export interface Dressing {
  site: Site;
  /** how the tables of a key are sorted and filtered, by their place in a figure: it holds for all steps */
  tableState: Map<number, TableState>;
}

/** Gives a host its drawing while it is near the window. */
function drawWhenNear(host: HTMLElement, draw: () => Promise<() => void>): void {
  const words = [...host.childNodes];
  whenNear(host, () => {
    let released = false;
    let remove: () => void = () => undefined;
    draw().then(
      (undo) => (released ? undo() : (remove = undo)),
      (error: unknown) => host.replaceChildren(...words, inWords(error)),
    );
    return {
      release: () => {
        released = true;
        remove();
        remove = () => undefined;
      },
    };
  });
}

type Draw = (host: HTMLElement, payload: never, site: Site) => (() => void) | Promise<() => void>;

/** Class of a host -> what draws its data in it. */
const DRAWN: Record<string, Draw> = {
  "point-cloud": (host, payload: CloudPayload) => cloud(host, payload),
  "plotly-figure": async (host, payload: PlotlyPayload, site) => {
    preparePlotly();
    return plotlyFigure(host, payload, await site.plotly());
  },
  "bokeh-figure": (host, payload: BokehPayload, site) => bokehFigure(host, payload, site.bokeh),
  mesh: async (host, payload: MeshPayload, site) => (await site.space()).mesh(host, payload),
  molecule: async (host, payload: MoleculePayload, site) => (await site.space()).molecule(host, { ...payload, places: [...site.column(payload.places)] }),
};

/** Draws the parts of one figure. */
export function dress(figure: HTMLElement, { site, tableState }: Dressing): void {
  const load = (host: HTMLElement) => site.load(JSON.parse(host.dataset["source"] ?? "{}") as DataRef);
  for (const [name, draw] of Object.entries(DRAWN)) {
    for (const host of figure.querySelectorAll<HTMLElement>(`.${name}`)) {
      drawWhenNear(host, async () => draw(host, (await load(host)) as never, site));
    }
  }
  figure.querySelectorAll<HTMLElement>(".logged-table").forEach((host, place) => {
    const state = tableState.get(place) ?? { sort: -1, down: false, filter: "" };
    tableState.set(place, state);
    drawWhenNear(host, async () => loggedTable(host, (await load(host)) as TablePayload, state, site));
  });
  figure.querySelectorAll("audio").forEach((audio) => dressSound(audio, JSON.parse(audio.dataset["peaks"] ?? "[]") as number[]));
  figure.querySelectorAll("video").forEach(watchFilm);
}
