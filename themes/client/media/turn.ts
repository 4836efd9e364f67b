/** The geometry of a look at points in space: z is up, and the eye goes around the middle of what there is. */

export interface Look {
  /** radians around the upright axis */
  azimuth: number;
  /** radians above the ground */
  elevation: number;
  /** 1 shows all of it */
  zoom: number;
}

export const FIRST_LOOK: Look = { azimuth: -0.9, elevation: 0.45, zoom: 1.15 };
const STEEPEST = Math.PI / 2;

export interface Extent {
  middle: [number, number, number];
  /** half of the longest way through it */
  radius: number;
  /** the lowest and the highest z */
  low: number;
  high: number;
}

/** The ball around some points. */
export function extentOf(points: Iterable<readonly number[]>): Extent {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const point of points) {
    for (let axis = 0; axis < 3; axis += 1) {
      low[axis] = Math.min(low[axis] as number, point[axis] ?? 0);
      high[axis] = Math.max(high[axis] as number, point[axis] ?? 0);
    }
  }
  if (!Number.isFinite(low[0])) return { middle: [0, 0, 0], radius: 1, low: 0, high: 0 };
  const middle = low.map((value, axis) => value / 2 + (high[axis] as number) / 2) as [number, number, number];
  const radius = Math.hypot(...low.map((value, axis) => (high[axis] as number) / 2 - value / 2)) || 1;
  return { middle, radius, low: low[2] as number, high: high[2] as number };
}

/** Turns by some radians; never over the top. */
export function turned(look: Look, around: number, up: number): Look {
  const elevation = Math.max(-STEEPEST, Math.min(STEEPEST, look.elevation + up));
  return { ...look, azimuth: look.azimuth + around, elevation };
}

export function zoomed(look: Look, factor: number): Look {
  return { ...look, zoom: Math.max(0.2, Math.min(50, look.zoom * factor)) };
}

/** Where a point is seen: x to the right and y down from the middle, both in radii, and how far away it is. */
export type Seen = (x: number, y: number, z: number, out: Float64Array) => void;

/** How everything is seen in a look. Nothing grows with nearness, so that lengths can be compared. */
export function seer({ middle, radius }: Extent, { azimuth, elevation, zoom }: Look): Seen {
  const [sinA, cosA, sinE, cosE] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(elevation), Math.cos(elevation)];
  const scale = zoom / radius;
  return (x, y, z, out) => {
    const dx = (x - middle[0]) * scale;
    const dy = (y - middle[1]) * scale;
    const dz = (z - middle[2]) * scale;
    const ahead = dx * cosA + dy * sinA;
    out[0] = dy * cosA - dx * sinA;
    out[1] = ahead * sinE - dz * cosE;
    out[2] = -ahead * cosE - dz * sinE;
  };
}
