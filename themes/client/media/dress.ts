/** Draws what the page could only describe. What few pages need comes in scripts of its own, when it comes into view. */
import { load, mediaTools, plotlyLibrary } from "../data";
import { inWords } from "../errors";
import { whenNear } from "../panels/visibility";
import type { CloudPayload, DataRef, HistogramPayload, PlotlyPayload } from "../types";
import { histogramElement } from "./histogram";
import { sortableTable } from "./table";

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

function source(host: HTMLElement): DataRef {
  return JSON.parse(host.dataset["source"] ?? "{}") as DataRef;
}

/** Draws the parts of one figure; the gallery's element says where the scripts are. */
export function dress(figure: HTMLElement, gallery: HTMLElement): void {
  const { tools, plotly } = gallery.dataset;
  figure.querySelectorAll<HTMLElement>("[data-histogram]").forEach((text) => {
    const payload = JSON.parse(text.dataset["histogram"] ?? "{}") as HistogramPayload;
    text.replaceWith(histogramElement(payload, text.textContent ?? ""));
  });
  figure.querySelectorAll<HTMLTableElement>("table").forEach(sortableTable);
  figure.querySelectorAll<HTMLElement>(".point-cloud").forEach((host) =>
    drawWhenNear(host, async () => {
      const [{ cloud }, payload] = await Promise.all([mediaTools(tools), load<CloudPayload>(source(host))]);
      return cloud(host, payload);
    }),
  );
  figure.querySelectorAll<HTMLElement>(".plotly-figure").forEach((host) =>
    drawWhenNear(host, async () => {
      const [{ figure: draw, preparePlotly }, payload] = await Promise.all([mediaTools(tools), load<PlotlyPayload>(source(host))]);
      preparePlotly();
      const library = await plotlyLibrary(plotly);
      return draw(host, payload, library);
    }),
  );
}

/** Gives the pictures of one key the switches of what lies over them. */
export function dressShelf(shelf: HTMLElement, gallery: HTMLElement): void {
  if (!shelf.querySelector(".overlay")) return;
  // Without the script, boxes are drawn all the same, and a mask is a link.
  mediaTools(gallery.dataset["tools"]).then(({ overlays }) => overlays(shelf), () => undefined);
}
