/** What the pointer can be at in a drawing. */
export interface Hit {
  x: number;
  y: number;
  /** a box about that place; without it the place is a point */
  width?: number;
  height?: number;
  /** the run that it stands for, if it is one */
  run?: number;
  /** what is told about it, names and texts */
  pairs: readonly (readonly [string, string])[];
}

const NEAR = 20;

function isInside({ x, y, width = 0, height = 0 }: Hit, left: number, top: number): boolean {
  return Math.abs(left - x) <= width / 2 && Math.abs(top - y) <= height / 2;
}

/** The hit under the pointer: the box that it is in, or else the nearest point not too far away. */
export function hitAt(hits: readonly Hit[], x: number, y: number): Hit | null {
  let best: Hit | null = null;
  let least = NEAR;
  for (const hit of hits) {
    if (hit.width !== undefined) {
      if (isInside(hit, x, y)) return hit;
      continue;
    }
    const distance = Math.hypot(hit.x - x, hit.y - y);
    // Of two in the same place the later one lies above.
    if (distance <= least) [best, least] = [hit, distance];
  }
  return best;
}
