/** Which step of a key stands for a step of the slider, and how the slider goes on. */

/** All steps at which something was logged, in order. */
export function allSteps(keys: Iterable<Iterable<number>>): number[] {
  const steps = new Set<number>();
  for (const key of keys) for (const step of key) if (Number.isFinite(step)) steps.add(step);
  return [...steps].sort((a, b) => a - b);
}

/** The place of the last of some rising steps that is not after one; -1 before the first. */
export function placeAt(steps: ArrayLike<number>, step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as number) <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Things by their step, in the order of the steps. */
export function byStep<Item extends { step: number }>(items: readonly Item[]): Map<number, Item[]> {
  const steps = new Map<number, Item[]>();
  for (const item of [...items].sort((a, b) => a.step - b.step)) {
    const list = steps.get(item.step);
    if (list) list.push(item);
    else steps.set(item.step, [item]);
  }
  return steps;
}

/** The place after another while playing; -1 at the end, unless it begins again. */
export function nextPlace(place: number, count: number, loops: boolean): number {
  if (place + 1 < count) return place + 1;
  return loops && count > 1 ? 0 : -1;
}
