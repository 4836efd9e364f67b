/** A logged Bokeh document in a frame of its own, which has BokehJS and nothing else: see reportgen/site/bokeh_frame.py. */
import { element } from "../elements";
import type { BokehPayload } from "../types";
import type { BokehMessage } from "./bokeh_frame";

const LEAST = 80;
const MOST = 2000;
/** Both of the frame's, in px. */
const BORDER = 2;

/** Puts the frame into a host. Returns how to remove it. */
export function bokehFigure(host: HTMLElement, { document }: BokehPayload, page: string): () => void {
  const words = [...host.childNodes];
  const frame = element("iframe", { class: "bokeh-frame", sandbox: "allow-scripts", src: page, title: host.dataset["label"] });
  const note = element("p", { class: "medium-note", role: "status" });
  function hear({ source, data }: MessageEvent<BokehMessage>): void {
    if (source !== frame.contentWindow || !data) return;
    // A frame without an origin cannot be named otherwise; only this one is told, and only what the page shows.
    if (data.bokeh === "ready") frame.contentWindow?.postMessage({ document }, "*");
    if (data.bokeh === "drawn") {
      frame.style.height = `${Math.max(LEAST, Math.min(MOST, Number(data.height) || LEAST)) + BORDER}px`;
      host.dataset["drawn"] = "true";
    }
    if (data.bokeh === "failed") note.textContent = "BokehJS could not draw this document. Its file can be downloaded.";
  }
  addEventListener("message", hear);
  host.replaceChildren(frame, note);
  return () => {
    removeEventListener("message", hear);
    delete host.dataset["drawn"];
    host.replaceChildren(...words);
  };
}
