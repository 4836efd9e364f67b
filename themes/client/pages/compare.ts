/** <rg-compare data-project="…">: the page that compares runs, a script of its own. */
import { allRuns } from "../all_runs";
import { comparePage } from "../compare/page";
import type { ComparedRuns } from "../compare/payloads";
import { load, projectIndex } from "../data";
import { element } from "../elements";
import { inWords } from "../errors";
import type { DataRef } from "../types";

class CompareElement extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset["ready"]) return;
    this.dataset["ready"] = "loading";
    void this.#start();
  }

  async #start(): Promise<void> {
    try {
      const index = await projectIndex(this.dataset["project"] ?? "");
      const source = JSON.parse(this.dataset["source"] ?? "{}") as DataRef;
      const [runs, { urls }] = await Promise.all([allRuns(index), load<ComparedRuns>(source)]);
      comparePage(this, { index, runs, urls });
      this.dataset["ready"] = "true";
    } catch (error) {
      this.dataset["ready"] = "failed";
      this.replaceChildren(element("p", { class: "workbench-nothing" }, `Runs cannot be compared. ${inWords(error)}`));
    }
  }
}

customElements.define("rg-compare", CompareElement);
