/** Dotted keys fold under what they have in common. */

/** The prefixes under which a key folds: `a.b` and `a` of `a.b.c`, where at least two keys share them. */
export function foldsOf(paths: readonly string[]): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const path of paths) {
    const parts = path.split(".");
    for (let depth = 1; depth < Math.min(parts.length, 4); depth += 1) {
      const prefix = parts.slice(0, depth).join(".");
      members.set(prefix, [...(members.get(prefix) ?? []), path]);
    }
  }
  const nested = [...members].filter(([prefix, keys]) => keys.length > 1 && !paths.includes(prefix));
  return new Map(nested);
}
