/** `<rg-gallery>`: the media of a run under one step slider. The figures are in the page; this shows those of one step. */
import { button, element } from "../elements";
import { formatStep } from "../format";
import { svgIcon } from "../icons";
import { isTyping } from "../pages/frame";
import pauseIcon from "lucide-static/icons/pause.svg";
import playIcon from "lucide-static/icons/play.svg";
import { dress, dressShelf } from "./dress";
import { allSteps, byKey, itemsAt } from "./steps";

const FRAME = 350;
const FETCHED_AHEAD = 300;

interface Medium {
  key: string;
  step: number;
  figure: HTMLElement;
}

class GalleryElement extends HTMLElement {
  private steps: number[] = [];
  private keys = new Map<string, Medium[]>();
  private at = 0;
  private timer = 0;
  private slider = element("input", { type: "range", min: 0, step: 1, "aria-label": "Step" });
  private output = element("output", { class: "gallery-step" });
  private player = button("Play", svgIcon(playIcon), () => (this.timer ? this.stop() : this.play()));

  connectedCallback(): void {
    if (this.dataset["ready"]) return;
    this.dataset["ready"] = "true";
    const media = [...this.querySelectorAll<HTMLElement>(":scope > .medium")].map((figure) => ({
      key: figure.dataset["key"] ?? "",
      step: Number(figure.dataset["step"]),
      figure,
    }));
    media.forEach(({ figure }) => dress(figure, this));
    this.steps = allSteps(media);
    this.keys = byKey(media);
    this.at = Math.max(0, this.steps.length - 1);
    if (this.steps.length > 1) this.prepend(this.bar());
    for (const [key, items] of this.keys) this.append(this.shelf(key, items));
    this.show();
    this.loadAhead();
  }

  /** Once the gallery is looked at, the pictures of its other steps are fetched too, so that playing does not flicker. */
  private loadAhead(): void {
    const pictures = [...this.querySelectorAll<HTMLImageElement>("img[loading=lazy]")];
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      for (const picture of pictures.slice(0, FETCHED_AHEAD)) picture.loading = "eager";
    });
    observer.observe(this);
  }

  disconnectedCallback(): void {
    this.stop();
  }

  private shelf(key: string, items: readonly Medium[]): HTMLElement {
    const shelf = element("section", { class: "gallery-shelf" }, element("h3", {}, key));
    const row = element("div", { class: "gallery-row" });
    row.append(...items.map(({ figure }) => figure));
    shelf.append(row);
    dressShelf(shelf, this);
    return shelf;
  }

  private bar(): HTMLElement {
    this.slider.max = String(this.steps.length - 1);
    this.slider.addEventListener("input", () => {
      this.stop();
      this.go(Number(this.slider.value));
    });
    this.player.className = "icon-button";
    document.addEventListener("keydown", (event) => {
      if (isTyping(event.target) && event.target !== this.slider) return;
      if (event.ctrlKey || event.metaKey || event.altKey || !this.checkVisibility?.()) return;
      if (event.key === "[") this.go(this.at - 1);
      if (event.key === "]") this.go(this.at + 1);
    });
    return element("div", { class: "gallery-bar", title: "[ and ] step through" }, this.player, this.slider, this.output);
  }

  private play(): void {
    if (this.at === this.steps.length - 1) this.go(0);
    this.player.replaceChildren(svgIcon(pauseIcon));
    this.player.title = "Pause";
    this.player.setAttribute("aria-label", "Pause");
    this.timer = window.setInterval(() => {
      if (this.at >= this.steps.length - 1) this.stop();
      else this.go(this.at + 1);
    }, FRAME);
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.player.replaceChildren(svgIcon(playIcon));
    this.player.title = "Play";
    this.player.setAttribute("aria-label", "Play");
  }

  private go(at: number): void {
    this.at = Math.max(0, Math.min(this.steps.length - 1, at));
    this.show();
  }

  private show(): void {
    const step = this.steps[this.at] ?? 0;
    this.slider.value = String(this.at);
    this.slider.setAttribute("aria-valuetext", `step ${step}`);
    this.output.textContent = `step ${formatStep(step)}`;
    for (const items of this.keys.values()) {
      const shown = new Set(itemsAt(items, step));
      for (const item of items) {
        item.figure.hidden = !shown.has(item);
        item.figure.classList.toggle("medium-earlier", item.step !== step);
      }
    }
  }
}

customElements.define("rg-gallery", GalleryElement);
