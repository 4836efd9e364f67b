/** The pictures of one key: those of one step, in a row; of very many, as many as the reader scrolls to. */
import { element } from "../elements";
import { inWords } from "../errors";
import { fileSize } from "../format";
import type { PictureItem } from "../types";
import { captionElement, pictureElement } from "./figure";
import type { Shelf, ShelfContext, ShelfView } from "./gallery";
import { openLightbox } from "./lightbox";
import { Overlays } from "./overlays";
import { byStep, placeAt } from "./steps";

/** Figures that are made at a time. */
const AT_A_TIME = 60;
/** How long the pictures of a step may take before what is there gives way, in ms. */
const PATIENCE = 250;
/** Pictures of the next step that are fetched ahead. */
const AHEAD = 12;

/** The pictures of a key by step, with their switches. */
export interface Pictures {
  steps: Map<number, PictureItem[]>;
  overlays: Overlays;
}

const known = new WeakMap<Shelf, Promise<Pictures>>();

/** The pictures of a shelf, loaded once. */
export function picturesOf(shelf: Shelf): Promise<Pictures> {
  const found = known.get(shelf);
  if (found) return found;
  const made = shelf.data().then(({ items }) => {
    const pictures = items as PictureItem[];
    return { steps: byStep(pictures), overlays: new Overlays(pictures, shelf.host) };
  });
  known.set(shelf, made);
  made.catch(() => known.delete(shelf));
  return made;
}

/** The pictures of a shelf as its row. */
export function pictureShelf(shelf: Shelf, context: ShelfContext): ShelfView {
  const { site } = context;
  let turn = 0;
  let more: IntersectionObserver | undefined;

  function figure(item: PictureItem, index: number, pictures: Pictures): HTMLElement {
    const picture = pictureElement(item, site);
    pictures.overlays.dress(picture, item);
    const link = picture.querySelector("a");
    link?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      openLightbox({ shelf, index, context, opener: link });
    });
    link?.setAttribute("title", "Open, enlarge and compare");
    return element("figure", { class: "medium", "data-key": shelf.key, "data-step": item.step, "data-kind": "image-file" }, picture, captionElement(item, site, fileSize));
  }

  /** Puts the first pictures there once they can be seen, and the others as the reader comes to them. */
  function place(items: readonly PictureItem[], pictures: Pictures): void {
    const now = (turn += 1);
    pictures.overlays.prune();
    const figures = items.slice(0, AT_A_TIME).map((item, index) => figure(item, index, pictures));
    const images = figures.flatMap((made) => [...made.querySelectorAll("img")]);
    for (const image of images) image.loading = "eager";
    const ready = Promise.all(images.map((image) => image.decode().catch(() => undefined)));
    void Promise.race([ready, new Promise((resolve) => setTimeout(resolve, PATIENCE))]).then(() => {
      if (now !== turn) return;
      more?.disconnect();
      shelf.row.classList.toggle("gallery-row-long", items.length > AT_A_TIME);
      const focused = [...shelf.row.children].findIndex((each) => each.contains(document.activeElement));
      shelf.row.replaceChildren(...figures);
      figures[Math.min(focused, figures.length - 1)]?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
      if (items.length > AT_A_TIME) appendMore(items, pictures);
    });
  }

  function appendMore(items: readonly PictureItem[], pictures: Pictures): void {
    let count = AT_A_TIME;
    const end = element("div", { class: "gallery-end" }, `${items.length.toLocaleString("en")} in all`);
    shelf.row.append(end);
    more = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      const next = items.slice(count, count + AT_A_TIME);
      end.before(...next.map((item, index) => figure(item, count + index, pictures)));
      count += next.length;
      // Told again only when it moves: after each piece the end may still be in sight.
      more?.unobserve(end);
      if (count < items.length) more?.observe(end);
      else end.remove();
    }, { rootMargin: "600px 0px" });
    more.observe(end);
  }

  function fetchNext(step: number, pictures: Pictures): void {
    const next = shelf.steps[placeAt(shelf.steps, step) + 1];
    for (const item of (next === undefined ? [] : pictures.steps.get(next) ?? []).slice(0, AHEAD)) new Image().src = site.url(item.picture);
  }

  return {
    show: (step) => {
      picturesOf(shelf).then(
        (pictures) => {
          if (pictures.overlays.bar.childElementCount && !pictures.overlays.bar.isConnected) shelf.row.before(pictures.overlays.bar);
          place(step === undefined ? [] : pictures.steps.get(step) ?? [], pictures);
          if (step !== undefined) fetchNext(step, pictures);
        },
        (error: unknown) => shelf.row.append(inWords(error)),
      );
    },
  };
}
