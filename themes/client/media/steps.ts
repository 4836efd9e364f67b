/** Which medium of each key stands for a step: the one at it or the nearest before it. */

export interface Stepped {
  key: string;
  step: number;
}

/** All steps at which something was logged, in order. */
export function allSteps(items: readonly Stepped[]): number[] {
  return [...new Set(items.map((item) => item.step))].filter(Number.isFinite).sort((a, b) => a - b);
}

/** Items by key in order of appearance, each by step; of several at one step all are kept. */
export function byKey<Item extends Stepped>(items: readonly Item[]): Map<string, Item[]> {
  const keys = new Map<string, Item[]>();
  for (const item of items) keys.set(item.key, [...(keys.get(item.key) ?? []), item]);
  for (const list of keys.values()) list.sort((a, b) => a.step - b.step);
  return keys;
}

/** The items of one key that stand for a step; before its first step, the first ones. */
export function itemsAt<Item extends Stepped>(items: readonly Item[], step: number): Item[] {
  const first = items[0];
  if (!first) return [];
  let shown = first.step;
  for (const item of items) if (item.step <= step) shown = item.step;
  return items.filter((item) => item.step === shown);
}
