/** Boxes and masks over the pictures of one key, and the switches of each set and class: they hold for all steps. */
import { PALETTE_SIZE } from "../colour";
import { element } from "../elements";
import { onScheme, theme } from "../theme";
import { filterElement, filterHome, filterSteps, maskTables } from "./mask";

export type ClassNames = [number, string][];
type Kind = "boxes" | "mask";

/** All overlays of one name and kind on a shelf, and what of it is hidden. */
interface OverlaySet {
  kind: Kind;
  name: string;
  classes: Map<number, string>;
  layers: HTMLElement[];
  off: boolean;
  hidden: Set<number>;
}

let filters = 0;

/** The overlays of a shelf by kind and name, in the order of appearance. */
function setsOf(shelf: HTMLElement): OverlaySet[] {
  const sets = new Map<string, OverlaySet>();
  for (const layer of shelf.querySelectorAll<HTMLElement>(".overlay")) {
    const kind: Kind = layer.dataset["kind"] === "mask" ? "mask" : "boxes";
    const name = layer.dataset["name"] ?? "";
    const key = `${kind} ${name}`;
    const set: OverlaySet = sets.get(key) ?? { kind, name, classes: new Map(), layers: [], off: false, hidden: new Set() };
    for (const [id, label] of JSON.parse(layer.dataset["classes"] ?? "[]") as ClassNames) set.classes.set(id, label);
    set.layers.push(layer);
    sets.set(key, set);
  }
  return [...sets.values()];
}

/** Writes beside each box what it is. */
function label(layer: HTMLElement): void {
  for (const box of layer.querySelectorAll("rect")) {
    const text = box.querySelector("title")?.textContent ?? "";
    if (!text) continue;
    const made = element("span", { class: "box-label", "aria-hidden": "true", "data-color": box.getAttribute("data-color"), "data-class": box.getAttribute("data-class") }, text);
    made.style.left = `${Number(box.getAttribute("x")) * 100}%`;
    made.style.top = `${Number(box.getAttribute("y")) * 100}%`;
    layer.append(made);
  }
}

/** Puts the picture of a mask over its image, instead of the link to it. */
function uncover(layer: HTMLElement, filter: string): void {
  const link = layer.querySelector("a");
  if (!link) return;
  const picture = element("img", { class: "mask", src: link.href, alt: link.textContent ?? "", loading: "lazy", decoding: "async" });
  picture.style.filter = `url(#${filter})`;
  link.replaceWith(picture);
}

function refresher(set: OverlaySet, home: Element): () => void {
  const hides = (id: number) => set.off || set.hidden.has(id);
  if (set.kind === "boxes") {
    set.layers.forEach(label);
    return () => {
      for (const part of set.layers.flatMap((layer) => [...layer.querySelectorAll("[data-class]")])) {
        part.toggleAttribute("data-off", hides(Number(part.getAttribute("data-class"))));
      }
    };
  }
  filters += 1;
  const filter = filterElement(`mask-colours-${filters}`);
  home.append(filter);
  set.layers.forEach((layer) => uncover(layer, filter.id));
  const refresh = () => filter.replaceChildren(...filterSteps(maskTables([...set.classes], (id) => !hides(id), theme().runs)));
  onScheme(refresh);
  return refresh;
}

function toggle(content: (Node | string)[], change: (on: boolean) => void): HTMLElement {
  const box = element("input", { type: "checkbox", checked: true });
  box.addEventListener("change", () => change(box.checked));
  return element("label", { class: "overlay-switch" }, box, ...content);
}

function switches(set: OverlaySet, refresh: () => void): HTMLElement {
  const group = element("div", { class: "overlay-set", role: "group", "aria-label": `${set.kind === "mask" ? "Mask" : "Boxes"}: ${set.name}` });
  group.append(
    toggle([element("strong", {}, set.name)], (on) => {
      set.off = !on;
      group.classList.toggle("overlay-off", !on);
      refresh();
    }),
  );
  for (const [id, name] of [...set.classes].sort(([a], [b]) => a - b)) {
    const swatch = element("span", { class: "overlay-swatch", "data-color": id % PALETTE_SIZE, "aria-hidden": "true" });
    group.append(
      toggle([swatch, name || `class ${id}`], (on) => {
        if (on) set.hidden.delete(id);
        else set.hidden.add(id);
        refresh();
      }),
    );
  }
  return group;
}

/** Shows what lies over the pictures of a shelf, with a switch for each set and class above them. */
export function overlays(shelf: HTMLElement): void {
  const home = filterHome();
  const bar = element("div", { class: "overlay-bar" });
  for (const set of setsOf(shelf)) {
    const refresh = refresher(set, home);
    refresh();
    bar.append(switches(set, refresh));
  }
  shelf.querySelector(".gallery-row")?.before(bar);
  shelf.append(home);
}
