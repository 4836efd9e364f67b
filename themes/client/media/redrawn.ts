/** A canvas that is drawn when there is a reason to, at most once a frame. */
import { onScheme } from "../theme";

export interface Redrawn {
  /** draws it in the next frame */
  again: () => void;
  /** lets go of what watches over it */
  stop: () => void;
}

/** Draws a canvas again whenever its size or the colour scheme changes, and when asked to. */
export function redrawn(canvas: HTMLCanvasElement, draw: () => void): Redrawn {
  let frame = 0;
  const again = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };
  const size = new ResizeObserver(again);
  size.observe(canvas);
  const leave = onScheme(again);
  return {
    again,
    stop() {
      leave();
      size.disconnect();
      cancelAnimationFrame(frame);
    },
  };
}
