/** What gestures do to a line panel. */
import { type Domain, offScale, onScale, within, zoomed } from "../chart/domain";
import type { Gestures } from "../chart/gestures";
import { fromPixelX } from "../chart/plane";
import type { Live, LineView } from "./line";

/** Its settings change, and everything else follows from that. */
export function gesturesOf({ settings, seen }: LineView, { plot, maker, inspector }: Live): Gestures {
  const isLog = () => maker.along(seen()).log;
  // Distances are those that are seen.
  const scaled = (domain: Domain) => onScale(domain, isLog());
  const shown = (): Domain => scaled(maker.shown(seen()));
  const pixel = () => (shown()[1] - shown()[0]) / plot.area().width;
  function zoomTo(domain: Domain): void {
    const zoom = within(domain, scaled(maker.whole(seen())));
    settings.set({ zoom: zoom && offScale(zoom, isLog()) });
  }
  return {
    area: plot.area,
    hover: inspector.hover,
    leave: inspector.leave,
    select: inspector.select,
    step: inspector.step,
    zoom([from, to]) {
      const plane = plot.plane();
      if (plane) zoomTo(scaled([fromPixelX(plane, from), fromPixelX(plane, to)]));
    },
    pan(pixels) {
      const [from, to] = shown();
      const shift = -pixels * pixel();
      if (settings.get().zoom) zoomTo([from + shift, to + shift]);
    },
    pinch([a, b], [c, d]) {
      // What was under each finger stays there.
      const size = pixel() * ((b - a) / (d - c));
      const from = shown()[0] + a * pixel() - c * size;
      zoomTo([from, from + size * plot.area().width]);
    },
    scale: (factor) => zoomTo(zoomed(shown(), scaled([inspector.focus(), inspector.focus()])[0], factor)),
    reset: () => settings.set({ zoom: null }),
  };
}

