/** `<rg-lineage>`: the zoom of a drawing of artifacts and runs, and what goes with the node that is looked at. */
import { button, element } from "../elements";

const STEP = 1.25;
const LEAST = 0.2;
const MOST = 2;

class LineageElement extends HTMLElement {
  private scale = 1;

  connectedCallback(): void {
    const scroll = document.getElementById(this.dataset["for"] ?? "");
    const drawing = scroll?.querySelector("svg");
    if (this.firstChild || !scroll || !drawing) return;
    const { width, height } = drawing.viewBox.baseVal;
    const zoom = (scale: number) => {
      this.scale = Math.min(Math.max(scale, LEAST), MOST);
      drawing.setAttribute("width", String(Math.round(width * this.scale)));
      drawing.setAttribute("height", String(Math.round(height * this.scale)));
    };
    const fit = () => {
      // The height is that of the box at its largest, whatever the drawing leaves of it now.
      const most = parseFloat(getComputedStyle(scroll).maxHeight) || height;
      zoom(Math.min(1, (scroll.clientWidth - 2) / width, most / height));
    };
    this.append(
      element("span", { class: "lineage-zoom" }, button("Smaller", "−", () => zoom(this.scale / STEP)), button("Larger", "+", () => zoom(this.scale * STEP)), button("Fit", "Fit", fit)),
    );
    for (const one of this.querySelectorAll("button")) one.className = "button";
    this.querySelectorAll("button")[0]?.setAttribute("aria-label", "Smaller");
    this.querySelectorAll("button")[1]?.setAttribute("aria-label", "Larger");
    watchNodes(drawing);
    new ResizeObserver((_, observer) => {
      if (!scroll.clientWidth) return;
      observer.disconnect();
      const here = drawing.querySelector(".lineage-here")?.getBoundingClientRect();
      if (here) scroll.scrollLeft += here.left - scroll.getBoundingClientRect().left - (scroll.clientWidth - here.width) / 2;
    }).observe(scroll);
  }
}

/** Lights the edges of the node under the pointer or with the focus. */
function watchNodes(drawing: SVGSVGElement): void {
  const edges = [...drawing.querySelectorAll<SVGPathElement>(".lineage-edge")];
  const light = (name: string | undefined) => {
    for (const edge of edges) edge.classList.toggle("lit", name !== undefined && (edge.dataset["from"] === name || edge.dataset["to"] === name));
  };
  const nodeOf = (event: Event) => (event.target as Element).closest<SVGElement>("[data-node]")?.dataset["node"];
  drawing.addEventListener("pointerover", (event) => light(nodeOf(event)));
  drawing.addEventListener("pointerleave", () => light(undefined));
  drawing.addEventListener("focusin", (event) => light(nodeOf(event)));
  drawing.addEventListener("focusout", () => light(undefined));
}

customElements.define("rg-lineage", LineageElement);
