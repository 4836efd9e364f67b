/** Media from datasets as elements: what is logged only ever becomes a text node or an attribute. */
import { element } from "../elements";
import { formatNumber } from "../format";
import { PALETTE_SIZE } from "../colour";
import { whenNear } from "../panels/visibility";
import type { BoxData, ItemData, MediumData, OverlayData, PictureData, TableCell } from "../types";
import { histogramElement } from "./histogram";
import type { Site } from "./site";
import { soundElement } from "./sound";

const NAMESPACE = "http://www.w3.org/2000/svg";
/** Pictures up to this many pixels are enlarged, each pixel a square. */
const SMALL = 64;

function boxes(data: readonly BoxData[], name: string): Element {
  const drawing = document.createElementNS(NAMESPACE, "svg");
  const attributes = { viewBox: "0 0 1 1", preserveAspectRatio: "none", role: "img", "aria-label": `Boxes: ${name}` };
  for (const [key, value] of Object.entries(attributes)) drawing.setAttribute(key, value);
  data.forEach(([x, y, width, height, id, text], index) => {
    const box = document.createElementNS(NAMESPACE, "rect");
    const parts = { x, y, width, height, "data-color": id % PALETTE_SIZE, "data-box": index };
    for (const [key, value] of Object.entries(parts)) box.setAttribute(key, String(value));
    const title = document.createElementNS(NAMESPACE, "title");
    title.textContent = text;
    box.append(title);
    drawing.append(box);
  });
  return drawing;
}

/** Writes beside each box what it is. */
function labels(data: readonly BoxData[]): HTMLElement[] {
  return data.flatMap(([x, y, , , id, text], index) => {
    if (!text) return [];
    const made = element("span", { class: "box-label", "aria-hidden": "true", "data-color": id % PALETTE_SIZE, "data-box": index }, text);
    made.style.left = `${x * 100}%`;
    made.style.top = `${y * 100}%`;
    return [made];
  });
}

function overlay({ name, boxes: data = [], mask }: OverlayData, site: Site): HTMLElement {
  const layer = element("div", { class: "overlay", "data-name": name, "data-kind": mask ? "mask" : "boxes" });
  if (mask) layer.append(element("img", { class: "mask", src: site.url(mask), alt: `Mask: ${name}`, decoding: "async" }));
  else layer.append(boxes(data, name), ...labels(data));
  return layer;
}

/** A picture with what lies over it. */
export function pictureElement(data: PictureData, site: Site): HTMLElement {
  const { picture, label, width = 0, height = 0, moves } = data;
  const pixels = width > 0 && width <= SMALL && height <= SMALL;
  const image = element("img", {
    src: site.url(picture),
    alt: label,
    decoding: "async",
    loading: "lazy",
    width: width || null,
    height: height || null,
    class: pixels ? "pixels" : null,
  });
  const link = element("a", { href: site.url(picture) }, image, moves ? element("span", { class: "still" }, "Open the animation") : null);
  return element("div", { class: "picture", "data-moves": moves }, link, ...(data.overlays ?? []).map((each) => overlay(each, site)));
}

/** A video; its first picture is fetched when it is near the window. */
export function watchFilm(film: HTMLVideoElement): void {
  const stop = whenNear(film, () => {
    film.preload = "metadata";
    setTimeout(() => stop());
    return { release: () => undefined };
  });
}

/** A medium that stands in a cell of a table. */
export function mediumElement(data: MediumData, site: Site): HTMLElement {
  if ("picture" in data) return pictureElement(data, site);
  if ("sound" in data) return soundElement(data, site);
  if ("film" in data) {
    const film = element("video", { controls: true, preload: "none", playsinline: true, src: site.url(data.film), "aria-label": data.label });
    watchFilm(film);
    return film;
  }
  if ("bins" in data) return histogramElement({ bins: site.column(data.bins), values: site.column(data.values) }, "Histogram");
  return element("span", { class: "medium-text" }, data.what);
}

/** A cell's text: what it is sorted, filtered and written as CSV by. */
export function cellText(cell: TableCell): string {
  if (cell === null) return "";
  if (typeof cell !== "object") return String(cell);
  return "label" in cell ? cell.label : "what" in cell ? cell.what : "";
}

/** A cell's number as people read it, else its text. */
export function shownText(cell: TableCell): string {
  return typeof cell === "number" ? formatNumber(cell, 6) : cellText(cell);
}

/** The words under a medium. */
export function captionElement(item: ItemData, site: Site, size: (bytes: number) => string): HTMLElement {
  const { caption, facts = [], notes = [], file } = item;
  return element(
    "figcaption",
    {},
    caption ? element("span", { class: "medium-caption" }, caption) : null,
    ...facts.map((fact) => element("span", { class: "medium-fact" }, fact)),
    file ? element("a", { class: "medium-file", href: site.url(file.uri), download: file.name, title: file.name }, `Download, ${size(file.size)}`) : null,
    ...notes.map((note) => element("span", { class: "medium-note" }, note)),
  );
}
