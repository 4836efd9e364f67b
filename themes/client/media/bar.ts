/** The bar over a gallery: one step for all keys, play with speed and loop. */
import { button, element } from "../elements";
import { formatStep } from "../format";
import { svgIcon } from "../icons";
import { isTyping } from "../typing";
import pauseIcon from "lucide-static/icons/pause.svg";
import playIcon from "lucide-static/icons/play.svg";
import repeatIcon from "lucide-static/icons/repeat.svg";
import { nextPlace } from "./steps";

/** Steps a second. */
const SPEEDS = [1, 3, 10, 30];
const FIRST_SPEED = 3;

export interface Stepper {
  bar: HTMLElement;
  step: () => number;
  /** goes to a place among the steps, as far as there is one */
  go: (place: number) => void;
  /** goes to the last step that is not after one */
  place: () => number;
  /** takes the keys that step, play, and lead to both ends; false for any other */
  key: (event: KeyboardEvent) => boolean;
}

function speedSelect(): HTMLSelectElement {
  const options = SPEEDS.map((speed) => element("option", { value: speed, selected: speed === FIRST_SPEED }, `${speed} / s`));
  return element("select", { class: "select", "aria-label": "Steps a second", title: "Steps a second" }, ...options);
}

/** A stepper over some steps; `show` is called with each step that it comes to, and `seen` says whether the gallery is. */
export function createStepper(steps: readonly number[], first: number, show: (step: number) => void, seen: () => boolean): Stepper {
  let at = first;
  let timer = 0;
  const slider = element("input", { type: "range", min: 0, step: 1, max: steps.length - 1, "aria-label": "Step" });
  const output = element("output", { class: "gallery-step" });
  const player = button("Play", svgIcon(playIcon), () => (timer ? stop() : play()));
  const speed = speedSelect();
  const loop = button("Begin again at the end", svgIcon(repeatIcon), () => loop.setAttribute("aria-pressed", String(!loops())));
  player.className = loop.className = "icon-button";
  loop.setAttribute("aria-pressed", "false");
  const loops = () => loop.getAttribute("aria-pressed") === "true";

  function dressPlayer(name: string, image: string): void {
    player.replaceChildren(svgIcon(image));
    player.title = name;
    player.setAttribute("aria-label", name);
  }
  function stop(): void {
    clearInterval(timer);
    timer = 0;
    dressPlayer("Play", playIcon);
  }
  function tick(): void {
    const next = nextPlace(at, steps.length, loops());
    if (next < 0 || !seen()) stop();
    else go(next);
  }
  function play(): void {
    if (at === steps.length - 1) go(0);
    dressPlayer("Pause", pauseIcon);
    timer = window.setInterval(tick, 1000 / Number(speed.value));
  }
  function go(place: number): void {
    at = Math.max(0, Math.min(steps.length - 1, place));
    const step = steps[at] ?? 0;
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", `step ${step}, ${at + 1} of ${steps.length}`);
    output.textContent = `step ${formatStep(step)}`;
    show(step);
  }
  function key(event: KeyboardEvent): boolean {
    const places: Record<string, number> = { "[": at - 1, "]": at + 1, Home: 0, End: steps.length - 1 };
    const place = places[event.key];
    if (place === undefined && event.key !== " ") return false;
    event.preventDefault();
    if (place === undefined) player.click();
    else {
      stop();
      go(place);
    }
    return true;
  }

  slider.addEventListener("input", () => {
    stop();
    go(Number(slider.value));
  });
  speed.addEventListener("change", () => {
    if (timer) {
      clearInterval(timer);
      timer = window.setInterval(tick, 1000 / Number(speed.value));
    }
  });
  slider.addEventListener("keydown", (event) => {
    if ([" ", "Home", "End"].includes(event.key)) key(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !seen()) return;
    if (isTyping(event.target) && event.target !== slider) return;
    if (event.key === "[" || event.key === "]") key(event);
  });
  const title = "[ and ] step; Home, End and the space bar work here";
  return { bar: element("div", { class: "gallery-bar", title }, player, slider, output, speed, loop), step: () => steps[at] ?? 0, go, place: () => at, key };
}
