/** `<rg-runs-table>`: the runs of a project as a table. What it holds without JavaScript stays until the data are here. */
import { load, projectIndex, tableLibrary } from "../data";
import { element } from "../elements";
import type { RunsData, TableOptions } from "../types";

class RunsTableElement extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset["ready"]) return;
    this.dataset["ready"] = "loading";
    this.start().catch((error: unknown) => {
      // The rows from the build are still there, and this says why there is no more.
      this.dataset["ready"] = "failed";
      const text = error instanceof Error ? error.message : String(error);
      this.append(element("p", { class: "table-error" }, `The whole table could not be shown: ${text}.`));
    });
  }

  private async start(): Promise<void> {
    const options = JSON.parse(this.dataset["options"] ?? "{}") as TableOptions;
    const script = tableLibrary(this.dataset["script"]);
    const index = await projectIndex(options.project);
    const data = await load<RunsData>(index.runs);
    (await script).runsTable(this, index, data, options);
    this.dataset["ready"] = "true";
  }
}

customElements.define("rg-runs-table", RunsTableElement);
