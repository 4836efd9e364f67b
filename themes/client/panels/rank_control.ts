/** The controls in the head of a run's panel: which ranks, and whether what was overwritten is drawn. */
import { element } from "../elements";
import type { Store } from "../store";
import type { LinePanel } from "../types";
import { hasRanks } from "./beside";
import type { RankView } from "./run_view";
import type { PanelSettings } from "./settings";

function toggle(text: string, title: string, choose: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: "segment", title }, text);
  made.addEventListener("click", choose);
  return made;
}

function rankChoice(panel: LinePanel, settings: Store<PanelSettings>, stops: (() => void)[]): HTMLElement {
  const views: readonly (readonly [RankView, string, string])[] = [
    ["main", panel.ranks?.main ?? "", "Show this rank alone"],
    ["each", "by rank", "Show a line for each rank"],
    ["band", "band", "Show the mean of all ranks, from the least to the greatest"],
  ];
  const buttons = views.map(([ranks, text, title]) => toggle(text, title, () => settings.set({ ranks })));
  const update = () => {
    const { ranks } = settings.get();
    buttons.forEach((made, place) => made.setAttribute("aria-pressed", String(views[place]?.[0] === ranks)));
  };
  stops.push(settings.subscribe(update));
  update();
  return element("div", { class: "segments", role: "group", "aria-label": `Ranks of ${panel.title}` }, ...buttons);
}

function overwrittenSwitch(settings: Store<PanelSettings>, stops: (() => void)[]): HTMLElement {
  const title = "Draw the points that later attempts have replaced";
  const made = toggle("overwritten", title, () => settings.set({ overwritten: !settings.get().overwritten }));
  const update = () => made.setAttribute("aria-pressed", String(settings.get().overwritten));
  stops.push(settings.subscribe(update));
  update();
  return element("div", { class: "segments" }, made);
}

/** The controls that a panel needs, none for most, and how to stop them. */
export function rankControls(panel: LinePanel, settings: Store<PanelSettings>): { tools: HTMLElement[]; stop: () => void } {
  const stops: (() => void)[] = [];
  const tools: HTMLElement[] = [];
  if (hasRanks(panel)) tools.push(rankChoice(panel, settings, stops));
  if (panel.overwritten === "some") tools.push(overwrittenSwitch(settings, stops));
  return { tools, stop: () => stops.forEach((stop) => stop()) };
}
