/** Galleries of several runs under one stepper: what each run has of a key stands at the same step. */
import { element } from "../elements";
import { createStepper } from "./bar";
import { follow, shelfOf } from "./gallery";
import type { Site } from "./site";
import { allSteps, placeAt } from "./steps";

/** The shelf of a key in one run. */
export interface AlignedShelf {
  host: HTMLElement;
  /** what it is called where one is chosen to be compared: its key and its run */
  name: string;
  site: Site;
}

/**
 * Lets shelves below a host follow one bar, which is returned. `asked` is the step to begin with, NaN for the last; `changed` hears
 * of each step, null being the last.
 */
export function alignShelves(host: HTMLElement, given: readonly AlignedShelf[], asked: number, changed: (step: number | null) => void): HTMLElement {
  const shelves = given.map((one) => ({ ...shelfOf(one.host, one.site), key: one.name }));
  const steps = allSteps(shelves.map((shelf) => Array.from(shelf.steps)));
  const last = Math.max(0, steps.length - 1);
  const first = Number.isNaN(asked) ? last : Math.max(0, placeAt(steps, asked));
  const followers: ((step: number) => void)[] = [];
  const stepper = createStepper(
    steps,
    first,
    (step) => {
      for (const each of followers) each(step);
      host.dispatchEvent(new CustomEvent("step", { detail: step }));
      changed(step === steps[last] ? null : step);
    },
    () => host.isConnected && (host.checkVisibility?.() ?? true),
  );
  const goTo = (step: number) => stepper.go(placeAt(steps, step));
  shelves.forEach((shelf, place) => {
    const site = given[place]?.site;
    if (site) followers.push(follow(shelf, { key: shelf.key, site, goTo, stepper, shelves }));
  });
  stepper.go(first);
  return steps.length > 1 ? stepper.bar : element("div");
}
