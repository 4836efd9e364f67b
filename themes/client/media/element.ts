/** `<rg-gallery>`: the media of a run under one step slider. What it is made of comes in a script of its own, when it comes into view. */
import { column, load, mediaTools, pageUrl, plotlyLibrary, spaceLibrary } from "../data";
import { inWords } from "../errors";
import { whenNear } from "../panels/visibility";

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
    const { tools, plotly, space, bokeh } = this.dataset;
    try {
      const { gallery } = await mediaTools(tools);
      gallery(this, {
        load,
        url: pageUrl,
        column,
        plotly: () => plotlyLibrary(plotly),
        space: () => spaceLibrary(space),
        bokeh: bokeh ? new URL(bokeh, document.baseURI).href : "",
      });
      this.dataset["ready"] = "true";
    } catch (error) {
      this.prepend(inWords(error));
    }
  }
}

customElements.define("rg-gallery", GalleryElement);
