/** One picture over the whole window: zoomed and moved by pointer and by key, alone or beside another one under a wipe. */
import { button, element } from "../elements";
import { formatStep } from "../format";
import { icon } from "../icons";
import type { PictureItem } from "../types";
import { pictureElement } from "./figure";
import type { Shelf, ShelfContext } from "./gallery";
import { picturesOf } from "./picture_shelf";
import { placeAt } from "./steps";
import { compareControls } from "./wipe";
import { WHOLE, type Zoom, fitted, moved, zoomedAt } from "./zoom";

const FACTOR = 1.5;
const WHEEL = 1.002;
const MOVE = 60;
const HELP = "Drag or arrow keys move, wheel or plus and minus zoom, 0 shows all, [ and ] step.";

export interface Opened {
  shelf: Shelf;
  /** which of several pictures of one step */
  index: number;
  context: ShelfContext;
  opener: HTMLElement;
}

/** The picture of a shelf that stands for a step; undefined before its first. */
export async function pictureAt(shelf: Shelf, step: number, index: number): Promise<PictureItem | undefined> {
  const place = placeAt(shelf.steps, step);
  const items = (await picturesOf(shelf)).steps.get(shelf.steps[place] ?? NaN) ?? [];
  return items[Math.min(index, items.length - 1)];
}

/** A window onto a sheet of pictures that lie over each other. */
class Stage {
  readonly sheet = element("div", { class: "lightbox-sheet" });
  readonly root = element("div", { class: "lightbox-stage", tabindex: 0, role: "group", "aria-label": `Picture. ${HELP}`, title: HELP }, this.sheet);
  private zoom: Zoom = WHOLE;
  private size = { width: 1, height: 1 };

  constructor() {
    let last: { x: number; y: number } | null = null;
    this.root.addEventListener("pointerdown", (event) => {
      if ((event.target as Element).closest(".wipe-handle")) return;
      last = { x: event.clientX, y: event.clientY };
      this.root.setPointerCapture(event.pointerId);
    });
    this.root.addEventListener("pointermove", (event) => {
      if (!last) return;
      this.change(moved(this.zoom, event.clientX - last.x, event.clientY - last.y, this.size));
      last = { x: event.clientX, y: event.clientY };
    });
    for (const end of ["pointerup", "pointercancel"]) this.root.addEventListener(end, () => (last = null));
    this.root.addEventListener("dblclick", () => this.change(WHOLE));
    this.root.addEventListener("wheel", (event) => {
      event.preventDefault();
      const { left, top, width, height } = this.root.getBoundingClientRect();
      this.by(WHEEL ** -event.deltaY, { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 });
    }, { passive: false });
    this.root.addEventListener("keydown", (event) => this.key(event));
    // Links and pictures would be dragged instead of the sheet, and a click would leave the page.
    for (const event of ["dragstart", "click"]) this.sheet.addEventListener(event, (each) => each.preventDefault());
  }

  by(factor: number, at = { x: 0, y: 0 }): void {
    this.change(zoomedAt(this.zoom, factor, at, this.size));
  }

  change(zoom: Zoom): void {
    this.zoom = zoom;
    this.sheet.style.transform = `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})`;
    this.root.dataset["zoom"] = zoom.scale.toFixed(2);
  }

  /** The sheet gets the size of a picture that fits. */
  fit(width: number, height: number): void {
    this.size = fitted(width || 1, height || 1, { width: this.root.clientWidth || 1, height: this.root.clientHeight || 1 });
    this.sheet.style.width = `${this.size.width}px`;
    this.sheet.style.height = `${this.size.height}px`;
    this.sheet.classList.toggle("lightbox-pixels", this.size.width > width);
    this.change(this.zoom);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const go = (dx: number, dy: number) => () => this.change(moved(this.zoom, dx, dy, this.size));
    const keys: Record<string, () => void> = {
      ArrowLeft: go(MOVE, 0),
      ArrowRight: go(-MOVE, 0),
      ArrowUp: go(0, MOVE),
      ArrowDown: go(0, -MOVE),
      "+": () => this.by(FACTOR),
      "=": () => this.by(FACTOR),
      "-": () => this.by(1 / FACTOR),
      "0": () => this.change(WHOLE),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

/** Puts pictures onto a stage: one, or two under a wipe. */
async function putPictures(stage: Stage, opened: Opened, items: readonly (readonly [Shelf, PictureItem])[]): Promise<void> {
  const pictures = await Promise.all(
    items.map(async ([shelf, item]) => {
      const picture = pictureElement(item, opened.context.site);
      (await picturesOf(shelf)).overlays.dress(picture, item);
      const image = picture.querySelector("img");
      if (image) image.loading = "eager";
      await image?.decode().catch(() => undefined);
      return picture;
    }),
  );
  const image = pictures[0]?.querySelector("img");
  stage.sheet.replaceChildren(...pictures);
  if (image) stage.fit(image.naturalWidth || image.width, image.naturalHeight || image.height);
}

/** Opens the picture of a shelf at the gallery's step; it follows the gallery's steps until it is closed. */
export function openLightbox(opened: Opened): void {
  const { shelf, context, index } = opened;
  const stage = new Stage();
  const title = element("h2", { class: "lightbox-title" });
  const close = button("Close", icon("close"), () => dialog.close());
  close.className = "icon-button";
  const step = (by: number) => () => context.stepper.go(context.stepper.place() + by);
  const compare = compareControls(context.shelves, shelf, () => void show());
  const tools = element(
    "div",
    { class: "lightbox-tools" },
    ...[
      button("Step before", "‹", step(-1)),
      button("Step after", "›", step(1)),
      button("Smaller", "−", () => stage.by(1 / FACTOR)),
      button("Larger", "+", () => stage.by(FACTOR)),
      button("Whole", "Fit", () => stage.change(WHOLE)),
    ].map((each, place) => {
      each.className = "button";
      each.setAttribute("aria-label", ["Step before", "Step after", "Smaller", "Larger", "Whole picture"][place] ?? "");
      return each;
    }),
    compare.choice,
    close,
  );
  const dialog = element("dialog", { class: "lightbox", "aria-label": shelf.key }, element("div", { class: "lightbox-head" }, title, tools), stage.root, compare.slider);
  let turn = 0;

  async function show(): Promise<void> {
    const now = (turn += 1);
    const item = await pictureAt(shelf, context.stepper.step(), index);
    const other = await compare.other(index);
    if (now !== turn || !dialog.isConnected) return;
    const words = item ? `step ${formatStep(item.step)}` : `nothing before step ${formatStep(shelf.steps[0] ?? 0)}`;
    title.replaceChildren(element("span", { class: "mono" }, shelf.key), ` ${words}`, item?.caption ? `, ${item.caption}` : "");
    if (!item) return stage.sheet.replaceChildren();
    await putPictures(stage, opened, other ? [[shelf, item], other] : [[shelf, item]]);
    if (other) compare.dress(stage.sheet, item.step, other[1].step);
  }

  const gallery = shelf.host.closest("rg-gallery, .gallery-aligned");
  const follow = () => void show();
  gallery?.addEventListener("step", follow);
  const size = new ResizeObserver(follow);
  dialog.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement || event.target instanceof HTMLButtonElement;
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) context.stepper.key(event);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    gallery?.removeEventListener("step", follow);
    size.disconnect();
    dialog.remove();
    opened.opener.isConnected ? opened.opener.focus() : shelf.row.querySelector<HTMLElement>("a")?.focus();
  });
  (gallery ?? document.body).append(dialog);
  dialog.showModal();
  stage.root.focus();
  size.observe(stage.root);
}
