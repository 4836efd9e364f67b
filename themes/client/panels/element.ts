/** <rg-panel data-panel='{…}'>: a chart in a report, on a run's page, on the home page. */
import { createStore } from "../store";
import type { LinePanel, Panel } from "../types";
import { KINDS } from "./registry";
import { shareRunView } from "./run_view";
import { panelSettings } from "./settings";

/** A line panel with settings of its own; of ranks and attempts all panels of a run's page show the same. */
function ownPanel(host: HTMLElement, panel: LinePanel): () => void {
  const settings = createStore(panelSettings(panel));
  const stop = panel.ranks || panel.overwritten ? shareRunView(settings) : () => undefined;
  const remove = KINDS.line.mount(host, panel, { settings });
  return () => {
    stop();
    remove();
  };
}

class PanelElement extends HTMLElement {
  #remove: (() => void) | null = null;

  connectedCallback(): void {
    if (this.#remove) return;
    const text = this.dataset["panel"];
    if (!text) return;
    const panel = JSON.parse(text) as Panel;
    // Other kinds are about all runs of a project, and stand in its workspace.
    if (panel.kind === "line") this.#remove = ownPanel(this, panel);
    else if (panel.kind === "vega") this.#remove = KINDS.vega.mount(this, panel, null);
  }

  disconnectedCallback(): void {
    this.#remove?.();
    this.#remove = null;
  }
}

customElements.define("rg-panel", PanelElement);
