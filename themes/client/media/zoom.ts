/** How a sheet lies in a window that shows a part of it: a scale, and where its middle is, in pixels from the window's middle. */

export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
const MOST = 40;

/** From here on a picture is enlarged by whole numbers only, so that its pixels stay alike. */
const BY_PIXELS = 4;

/** The size at which a picture just fits. */
export function fitted(width: number, height: number, room: { width: number; height: number }): { width: number; height: number } {
  const most = Math.min(room.width / width, room.height / height);
  const factor = most > BY_PIXELS ? Math.floor(most) : most;
  return { width: width * factor, height: height * factor };
}

/** Never smaller than whole, and never farther away than its edges. */
function kept(zoom: Zoom, sheet: { width: number; height: number }): Zoom {
  const scale = Math.max(1, Math.min(MOST, zoom.scale));
  const far = (value: number, size: number) => {
    const most = ((scale - 1) * size) / 2;
    return Math.max(-most, Math.min(most, value));
  };
  return { scale, x: far(zoom.x, sheet.width), y: far(zoom.y, sheet.height) };
}

/** Zooms by a factor; what is at a place, in pixels from the middle, stays there. */
export function zoomedAt(zoom: Zoom, factor: number, at: { x: number; y: number }, sheet: { width: number; height: number }): Zoom {
  const scale = Math.max(1, Math.min(MOST, zoom.scale * factor));
  const real = scale / zoom.scale;
  return kept({ scale, x: at.x - (at.x - zoom.x) * real, y: at.y - (at.y - zoom.y) * real }, sheet);
}

/** Moves by some pixels. */
export function moved(zoom: Zoom, dx: number, dy: number, sheet: { width: number; height: number }): Zoom {
  return kept({ ...zoom, x: zoom.x + dx, y: zoom.y + dy }, sheet);
}
