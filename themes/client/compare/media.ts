/** Media aligned by step: a row for each key, a column for each run, one slider for all. */
import { load } from "../data";
import { element } from "../elements";
import { inWords } from "../errors";
import { openMedia } from "../media/element";
import type { CompareContext, PartView } from "./context";
import type { ComparedMedia } from "./payloads";
import { runMark } from "./picker";

/** A run's gallery: its element, which names scripts, and its shelves by key. */
interface RunMedia {
  scripts: DOMStringMap;
  shelves: Map<string, HTMLElement>;
}

/** A gallery that the build has rendered. Its templates have escaped what was logged, as on the run's page. */
function parsed(html: string): RunMedia {
  const source = new DOMParser().parseFromString(html, "text/html").querySelector<HTMLElement>("rg-gallery");
  const shelves = [...(source?.querySelectorAll<HTMLElement>(".gallery-shelf") ?? [])].map((shelf) => {
    const own = document.importNode(shelf, true);
    // The same ids are in the galleries of all runs.
    for (const named of own.querySelectorAll("[id]")) named.removeAttribute("id");
    // The key stands above the row; what is said of it stands here.
    own.querySelector("h3")?.replaceWith(element("p", { class: "shelf-head" }));
    return [own.dataset["key"] ?? "", own] as const;
  });
  return { scripts: source?.dataset ?? {}, shelves: new Map(shelves) };
}

async function mediaOf({ details }: CompareContext, run: number): Promise<RunMedia | null> {
  const media = (await details(run))?.media;
  return media ? parsed((await load<ComparedMedia>(media)).html) : null;
}

function mediaTable({ names }: CompareContext, chosen: readonly number[], found: readonly (RunMedia | null)[]): HTMLElement {
  const keys = [...new Set(found.flatMap((media) => [...(media?.shelves.keys() ?? [])]))];
  const heads = chosen.map((run) => element("th", { scope: "col" }, runMark(run), names[run] ?? ""));
  const table = element("table", { class: "compare-table compare-media" }, element("thead", {}, element("tr", {}, ...heads)));
  for (const key of keys) {
    const cells = found.map((media) => {
      const shelf = media?.shelves.get(key);
      return shelf ? element("td", {}, shelf) : element("td", { class: "empty" }, `No ${key}`);
    });
    const head = element("th", { scope: "rowgroup", colspan: chosen.length }, element("span", { class: "mono" }, key));
    table.append(element("tbody", {}, element("tr", { class: "compare-group" }, head), element("tr", {}, ...cells)));
  }
  return element("div", { class: "compare-scroll", tabindex: 0, role: "region", "aria-label": "Media side by side" }, table);
}

/** Shows the galleries of the runs under one bar. */
async function fill(root: HTMLElement, context: CompareContext, isLeft: () => boolean): Promise<void> {
  const { names, store } = context;
  const chosen = context.chosen().runs;
  const found = await Promise.all(chosen.map((run) => mediaOf(context, run)));
  const scripts = found.find((media) => media?.shelves.size)?.scripts;
  if (isLeft()) return;
  if (!scripts) return root.replaceChildren(element("p", { class: "workbench-nothing" }, "None of these runs has logged media."));
  const { tools, site } = await openMedia(scripts);
  if (isLeft()) return;
  const shelves = found.flatMap((media, place) =>
    [...(media?.shelves ?? [])].map(([key, host]) => ({ host, name: `${key} · ${names[chosen[place] ?? 0]}`, site })),
  );
  root.replaceChildren(mediaTable(context, chosen, found));
  const { step } = store.get();
  root.prepend(tools.alignShelves(root, shelves, step < 0 ? NaN : step, (now) => store.set({ step: now ?? -1 })));
}

/** The part with all media. It is made anew when other runs are chosen. */
export function mediaPart(context: CompareContext): PartView {
  const root = element("div", { class: "gallery-aligned" }, element("p", { class: "muted", role: "status" }, "Loading media …"));
  let left = false;
  fill(root, context, () => left).catch((error: unknown) => root.replaceChildren(element("p", { class: "notice", "data-kind": "error" }, inWords(error))));
  return { root, leave: () => void (left = true) };
}
