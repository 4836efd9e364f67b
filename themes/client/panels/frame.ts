/** The frame of a panel: title, menu, room for the plot, a line of notes. It keeps its size whatever is inside. */
import { button, element } from "../elements";
import { type IconName, icon } from "../icons";
import { headingLevel } from "./heading";
import { type MenuItem, menuButton } from "./menu";

export interface Frame {
  /** what the whole panel is in */
  root: HTMLElement;
  /** takes the focus and the pointer */
  stage: HTMLElement;
  /** where Vega draws */
  canvas: HTMLElement;
  /** above it */
  overlay: HTMLCanvasElement;
  /** under the plot: says what is not as it was logged */
  note: (text: string) => void;
  /** instead of the plot; empty to remove it */
  message: (text: string) => void;
  /** read out when the crosshair moves by key */
  announce: (text: string) => void;
  /** one sentence for those who cannot see the plot */
  describe: (text: string) => void;
  /** a table of the data below the plot; null removes it */
  showTable: (table: HTMLElement | null) => void;
  isFull: () => boolean;
  toggleFull: () => void;
}

/** What the place of a panel adds to its frame, whatever its kind. */
export interface HostTools {
  /** before the title */
  lead: HTMLElement;
  /** at the end of the menu */
  menu: () => MenuItem[];
  /** the host of the next or previous panel */
  neighbour: (by: 1 | -1) => HTMLElement | null;
}

const tools = new WeakMap<HTMLElement, HostTools>();
const fullSwitches = new WeakMap<HTMLElement, () => void>();

/** Gives tools to the frames that are made in a host from now on. */
export function equip(host: HTMLElement, given: HostTools): void {
  tools.set(host, given);
}

export interface FrameOptions {
  title: string;
  /** shown over the title; the title itself without one */
  tip?: string;
  /** height of the plot in px */
  height: number;
  /** lines of legend to keep room for */
  legend: HTMLElement | null;
  /** controls in the head, between title and menu */
  tools?: readonly HTMLElement[];
  menu: () => MenuItem[];
  /** what keys do in the plot, where that is not what they do in a line panel */
  keys?: string;
}

const KEYS = "Arrow keys move the crosshair, plus and minus zoom, 0 resets, F fills the window, where up and down lead to the next panel.";
/** On the full window: keys that lead to another panel. */
const LEADS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, PageDown: 1, ArrowUp: -1, PageUp: -1 };

function iconButton(label: string, name: IconName, press: () => void): HTMLButtonElement {
  const made = button(label, icon(name), press);
  made.className = "icon-button";
  return made;
}

function stageElement(title: string, canvas: HTMLElement, overlay: HTMLElement): HTMLElement {
  return element(
    "div",
    { class: "panel-stage", tabindex: 0, role: "group", "aria-roledescription": "chart", "aria-label": title },
    canvas,
    overlay,
  );
}

/** Builds a frame into a host, in place of what stands there. */
export function createFrame(host: HTMLElement, options: FrameOptions): Frame {
  const canvas = element("div", { class: "panel-canvas" });
  const overlay = element("canvas", { class: "panel-overlay" });
  const stage = stageElement(options.title, canvas, overlay);
  const note = element("p", { class: "panel-note" });
  const live = element("p", { class: "visually-hidden", "aria-live": "polite" });
  const message = element("p", { class: "panel-message", hidden: true });
  const summary = element("p", { class: "visually-hidden" });
  const table = element("div", { class: "panel-table", hidden: true });
  const opener = button(`Menu of ${options.title}`, icon("ellipsis"), () => undefined);
  opener.className = "icon-button panel-menu-button";
  const own = tools.get(host);
  const title = element(headingLevel(host), { class: "panel-title", title: options.tip ?? options.title }, options.title);
  const leave = element("span", { class: "panel-full-tools" });
  if (own) leave.append(iconButton("Previous panel", "chevronLeft", () => lead(-1)), iconButton("Next panel", "chevronRight", () => lead(1)));
  leave.append(iconButton("Leave the full window", "minimize", () => toggleFull()));
  const head = element("div", { class: "panel-head" }, own?.lead, title, ...(options.tools ?? []), opener, leave);
  const root = element("div", { class: "panel" }, head, stage, message, note, options.legend, summary, live, table);
  stage.style.setProperty("--plot-height", `${options.height}px`);
  menuButton(opener, head, () => [
    ...options.menu(),
    { label: root.classList.contains("panel-full") ? "Leave full window" : "Fill the window", choose: toggleFull },
    ...(own && !isFull() ? own.menu() : []),
  ]);

  function toggleFull(): void {
    // The host keeps the panel's place, so that nothing around it moves meanwhile.
    if (!isFull()) host.style.minHeight = `${host.offsetHeight}px`;
    else host.style.minHeight = "";
    root.classList.toggle("panel-full");
    document.documentElement.classList.toggle("has-full-panel", isFull());
    stage.focus({ preventScroll: true });
  }
  const isFull = () => root.classList.contains("panel-full");

  function lead(by: 1 | -1): void {
    const next = own?.neighbour(by);
    const enter = next && fullSwitches.get(next);
    if (!enter) return;
    toggleFull();
    // Only what is near the window is drawn.
    next.scrollIntoView({ block: "center", behavior: "instant" });
    enter();
  }

  root.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const by = LEADS[event.key];
    if (plain && by && isFull() && !head.querySelector(".menu")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return lead(by);
    }
    const leaves = event.key === "Escape" && isFull();
    if (!plain || !(leaves || (event.key === "f" && event.target === stage))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    toggleFull();
  }, true);

  host.replaceChildren(root);
  fullSwitches.set(host, toggleFull);
  return {
    root,
    stage,
    canvas,
    overlay,
    note: (text) => {
      note.textContent = text;
      note.title = text;
    },
    message: (text) => {
      message.textContent = text;
      message.hidden = !text;
      stage.classList.toggle("panel-stage-empty", Boolean(text));
    },
    announce: (text) => void (live.textContent = text),
    describe: (text) => {
      summary.textContent = text;
      stage.setAttribute("aria-description", `${text} ${options.keys ?? KEYS}`);
    },
    showTable: (content) => {
      table.replaceChildren(...(content ? [content] : []));
      table.hidden = !content;
    },
    isFull,
    toggleFull,
  };
}
