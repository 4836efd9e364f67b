/** Two pictures under a wipe: which is the other one, and how much of it is seen. */
import { element } from "../elements";
import { formatStep } from "../format";
import type { PictureItem } from "../types";
import type { Shelf } from "./gallery";
import { pictureAt } from "./lightbox";

const NOTHING = "";
const HALF = 50;

export interface Compare {
  /** chooses the key and step of the other picture */
  choice: HTMLElement;
  /** moves the wipe */
  slider: HTMLElement;
  other: (index: number) => Promise<readonly [Shelf, PictureItem] | undefined>;
  /** lays the second picture of a sheet over the first, cut off at the wipe */
  dress: (sheet: HTMLElement, left: number, right: number) => void;
}

function stepSelect(): HTMLSelectElement {
  return element("select", { class: "select", "aria-label": "Step of the other picture" });
}

function fillSteps(select: HTMLSelectElement, shelf: Shelf | undefined): void {
  const steps = shelf ? Array.from(shelf.steps) : [];
  select.replaceChildren(...steps.map((step) => element("option", { value: step }, `step ${formatStep(step)}`)));
  select.hidden = !steps.length;
}

/** The controls of a comparison; `changed` is called when another picture is chosen. */
export function compareControls(shelves: readonly Shelf[], own: Shelf, changed: () => void): Compare {
  const candidates = shelves.filter(({ kind }) => kind === "pictures");
  const keys = element(
    "select",
    { class: "select", "aria-label": "Compare with" },
    element("option", { value: NOTHING }, "Compare with …"),
    ...candidates.map(({ key }, index) => element("option", { value: index }, key)),
  );
  const steps = stepSelect();
  const wipe = element("input", { type: "range", min: 0, max: 100, step: 1, value: HALF, "aria-label": "Wipe" });
  const ends = [element("span"), element("span")];
  const slider = element("label", { class: "wipe-slider", hidden: true }, ends[0], wipe, ends[1]);
  let cut: () => void = () => undefined;
  const chosen = () => (keys.value === NOTHING ? undefined : candidates[Number(keys.value)]);

  keys.addEventListener("change", () => {
    fillSteps(steps, chosen());
    slider.hidden = !chosen();
    changed();
  });
  steps.addEventListener("change", changed);
  wipe.addEventListener("input", () => cut());
  fillSteps(steps, undefined);

  return {
    choice: element("span", { class: "lightbox-compare" }, keys, steps),
    slider,
    other: async (index) => {
      const shelf = chosen();
      const item = shelf && (await pictureAt(shelf, Number(steps.value), index));
      return shelf && item ? [shelf, item] : undefined;
    },
    dress: (sheet, left, right) => {
      const over = sheet.children[1];
      if (!(over instanceof HTMLElement)) return;
      const same = chosen() === own;
      ends[0]?.replaceChildren(same ? `step ${formatStep(left)}` : `${own.key}, step ${formatStep(left)}`);
      ends[1]?.replaceChildren(same ? `step ${formatStep(right)}` : `${chosen()?.key ?? ""}, step ${formatStep(right)}`);
      const handle = element("div", { class: "wipe-handle", "aria-hidden": "true" });
      sheet.append(handle);
      cut = () => {
        over.style.clipPath = `inset(0 0 0 ${wipe.value}%)`;
        handle.style.left = `${wipe.value}%`;
        wipe.setAttribute("aria-valuetext", `${wipe.value} % of the first picture`);
      };
      cut();
      handle.addEventListener("pointerdown", (event) => handle.setPointerCapture(event.pointerId));
      handle.addEventListener("pointermove", (event) => {
        if (!handle.hasPointerCapture(event.pointerId)) return;
        const { left: start, width } = sheet.getBoundingClientRect();
        wipe.value = String(Math.round(((event.clientX - start) / width) * 100));
        cut();
      });
    },
  };
}
