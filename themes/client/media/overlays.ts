/** Boxes and masks over the pictures of one key: switches of each set and class, and thresholds of scores. They hold for all steps. */
import { PALETTE_SIZE } from "../colour";
import { element } from "../elements";
import { formatNumber } from "../format";
import { onScheme, theme } from "../theme";
import type { BoxData, OverlayData, PictureData } from "../types";
import { filterElement, filterHome, filterSteps, maskTables } from "./mask";

type Kind = "boxes" | "mask";

/** All overlays of one name and kind of a key, and what of it is hidden. */
export interface OverlaySet {
  kind: Kind;
  name: string;
  classes: Map<number, string>;
  /** score -> its least and greatest value */
  scores: Map<string, [number, number]>;
  off: boolean;
  hidden: Set<number>;
  /** score -> the least that is shown */
  least: Map<string, number>;
}

function nameOf(overlay: OverlayData): string {
  return `${overlay.mask ? "mask" : "boxes"} ${overlay.name}`;
}

/** The overlays of a key by kind and name, in the order of appearance. */
export function overlaySets(pictures: readonly PictureData[]): Map<string, OverlaySet> {
  const sets = new Map<string, OverlaySet>();
  for (const overlay of pictures.flatMap(({ overlays }) => overlays ?? [])) {
    const key = nameOf(overlay);
    const set: OverlaySet = sets.get(key) ?? {
      kind: overlay.mask ? "mask" : "boxes",
      name: overlay.name,
      classes: new Map(),
      scores: new Map(),
      off: false,
      hidden: new Set(),
      least: new Map(),
    };
    for (const [id, label] of overlay.classes) set.classes.set(id, label);
    for (const [, , , , , , scores] of overlay.boxes ?? []) {
      for (const [name, value] of Object.entries(scores)) {
        const [low, high] = set.scores.get(name) ?? [value, value];
        set.scores.set(name, [Math.min(low, value), Math.max(high, value)]);
      }
    }
    sets.set(key, set);
  }
  return sets;
}

/** Whether a box is shown. One without a score is no worse for it. */
export function showsBox(set: OverlaySet, [, , , , id, , scores]: BoxData): boolean {
  if (set.off || set.hidden.has(id)) return false;
  return [...set.least].every(([name, least]) => !(name in scores) || (scores[name] as number) >= least);
}

/** From where to where a threshold goes: scores that are shares go from 0 to 1. */
export function thresholdRange([low, high]: [number, number]): [number, number] {
  return low >= 0 && high <= 1 ? [0, 1] : [low, high];
}

let filters = 0;

/** The switches of a key, and what gives pictures the state that they are in. */
export class Overlays {
  readonly bar = element("div", { class: "overlay-bar" });
  private sets: Map<string, OverlaySet>;
  private filters = new Map<OverlaySet, Element>();
  private shown = new Map<HTMLElement, PictureData>();

  constructor(pictures: readonly PictureData[], host: HTMLElement) {
    this.sets = overlaySets(pictures);
    const home = filterHome();
    for (const set of this.sets.values()) {
      if (set.kind === "mask") {
        filters += 1;
        const filter = filterElement(`mask-colours-${filters}`);
        home.append(filter);
        this.filters.set(set, filter);
      }
      this.bar.append(this.switches(set));
      this.colour(set);
    }
    if (this.filters.size) host.append(home);
    onScheme(() => this.sets.forEach((set) => this.colour(set)));
  }

  /** Gives a picture's overlays the state of the switches, now and whenever they change. */
  dress(picture: HTMLElement, data: PictureData): void {
    if (!data.overlays) return;
    this.shown.set(picture, data);
    this.apply(picture, data);
  }

  /** Forgets pictures that have left the page. */
  prune(): void {
    for (const picture of this.shown.keys()) if (!picture.isConnected) this.shown.delete(picture);
  }

  private apply(picture: HTMLElement, { overlays = [] }: PictureData): void {
    const layers = picture.querySelectorAll<HTMLElement>(":scope > .overlay");
    overlays.forEach((overlay, index) => {
      const set = this.sets.get(nameOf(overlay));
      const layer = layers[index];
      if (!set || !layer) return;
      const filter = this.filters.get(set);
      const mask = layer.querySelector<HTMLElement>(".mask");
      if (mask && filter) mask.style.filter = `url(#${filter.id})`;
      const shows = (overlay.boxes ?? []).map((box) => showsBox(set, box));
      for (const part of layer.querySelectorAll("[data-box]")) part.toggleAttribute("data-off", !shows[Number(part.getAttribute("data-box"))]);
    });
  }

  private colour(set: OverlaySet): void {
    const shows = (id: number) => !set.off && !set.hidden.has(id);
    this.filters.get(set)?.replaceChildren(...filterSteps(maskTables([...set.classes], shows, theme().runs)));
  }

  private changed(set: OverlaySet): void {
    this.colour(set);
    for (const [picture, data] of this.shown) this.apply(picture, data);
  }

  private switches(set: OverlaySet): HTMLElement {
    const group = element("div", { class: "overlay-set", role: "group", "aria-label": `${set.kind === "mask" ? "Mask" : "Boxes"}: ${set.name}` });
    group.append(
      toggle([element("strong", {}, set.name)], (on) => {
        set.off = !on;
        group.classList.toggle("overlay-off", !on);
        this.changed(set);
      }),
    );
    for (const [id, name] of [...set.classes].sort(([a], [b]) => a - b)) {
      const swatch = element("span", { class: "overlay-swatch", "data-color": id % PALETTE_SIZE, "aria-hidden": "true" });
      group.append(
        toggle([swatch, name || `class ${id}`], (on) => {
          if (on) set.hidden.delete(id);
          else set.hidden.add(id);
          this.changed(set);
        }),
      );
    }
    for (const [name, ends] of set.scores) group.append(this.threshold(set, name, ends));
    return group;
  }

  private threshold(set: OverlaySet, name: string, ends: [number, number]): HTMLElement {
    const [low, high] = thresholdRange(ends);
    const output = element("output", {}, formatNumber(low, 2));
    const slider = element("input", { type: "range", min: low, max: high, step: (high - low) / 100 || 1, value: low });
    slider.addEventListener("input", () => {
      set.least.set(name, Number(slider.value));
      output.textContent = formatNumber(Number(slider.value), 2);
      this.changed(set);
    });
    return element("label", { class: "overlay-threshold" }, `${name} ≥`, slider, output);
  }
}

function toggle(content: (Node | string)[], change: (on: boolean) => void): HTMLElement {
  const box = element("input", { type: "checkbox", checked: true });
  box.addEventListener("change", () => change(box.checked));
  return element("label", { class: "overlay-switch" }, box, ...content);
}
