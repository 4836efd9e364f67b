/** <rg-panel data-panel='{…}'>: a chart in a report, on a run's page, on the home page. */
import { createStore } from "../store";
import type { Panel } from "../types";
import { linePanel } from "./line";
import { panelSettings } from "./settings";
import { vegaPanel } from "./vega";

class PanelElement extends HTMLElement {
  #remove: (() => void) | null = null;

  connectedCallback(): void {
    if (this.#remove) return;
    const text = this.dataset["panel"];
    if (!text) return;
    const panel = JSON.parse(text) as Panel;
    this.#remove =
      panel.kind === "line" ? linePanel(this, panel, createStore(panelSettings(panel))) : vegaPanel(this, panel);
  }

  disconnectedCallback(): void {
    this.#remove?.();
    this.#remove = null;
  }
}

customElements.define("rg-panel", PanelElement);
