/** A panel with words. */
import { element } from "../../elements";
import type { TextPanel } from "../../types";
import type { KindPlace, KindView } from "../late";
import { markdownElements } from "./markdown";

/** Markdown in the place of a plot. */
export function textPanel({ frame, title, tools }: KindPlace, { markdown }: TextPanel): KindView {
  if (!markdown.trim()) {
    frame.message("There is no text yet. It is Markdown: edit the panel to write some.");
    frame.describe(`${title}: no text yet.`);
  } else {
    frame.canvas.replaceChildren(element("div", { class: "panel-prose", tabindex: 0, role: "region", "aria-label": title }, ...markdownElements(markdown, title)));
    frame.describe(`${title}: a text.`);
  }
  const save = () => tools.download(tools.fileName(title, "md"), new Blob([markdown], { type: "text/markdown" }));
  return {
    menu: () => (markdown.trim() ? [{ label: "Download Markdown", choose: save }] : []),
    release: () => frame.canvas.replaceChildren(),
  };
}
