/** `<rg-gallery>`: the media of a run under one step slider. What it is made of comes in a script of its own, when it comes into view. */
import { column, load, mediaTools, pageUrl, plotlyLibrary, spaceLibrary } from "../data";
import { inWords } from "../errors";
import type { MediaTools } from "./tools";
import type { Site } from "./site";
import { whenNear } from "../panels/visibility";

/** What galleries are made of, and what it is given; `dataset` names the scripts, as a gallery's element has it. */
export async function openMedia({ tools, plotly, space, bokeh }: DOMStringMap): Promise<{ tools: MediaTools; site: Site }> {
  const site: Site = {
    load,
    url: pageUrl,
    column,
    plotly: () => plotlyLibrary(plotly),
    space: () => spaceLibrary(space),
    bokeh: bokeh ? new URL(bokeh, document.baseURI).href : "",
  };
  return { tools: await mediaTools(tools), site };
}

class GalleryElement extends HTMLElement {
  private started = false;

  connectedCallback(): void {
    const stop = whenNear(this, () => {
      if (!this.started) void this.start().then(stop);
      return { release: () => undefined };
    });
  }

  private async start(): Promise<void> {
    this.started = true;
    try {
      const { tools, site } = await openMedia(this.dataset);
      tools.gallery(this, site);
      this.dataset["ready"] = "true";
    } catch (error) {
      this.prepend(inWords(error));
    }
  }
}

customElements.define("rg-gallery", GalleryElement);
