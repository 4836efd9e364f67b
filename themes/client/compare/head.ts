/** The runs that are compared, in their order: each can be moved and taken out, and more can be added. */
import { lit } from "../chart/crosshair";
import { pageUrl } from "../data";
import { button, element } from "../elements";
import { icon, svgIcon } from "../icons";
import { openMenu } from "../table/menu";
import { cells } from "../runs";
import left from "lucide-static/icons/chevron-left.svg";
import plus from "lucide-static/icons/plus.svg";
import { MOST_COMPARED, movedId } from "./address";
import type { CompareContext } from "./context";
import { createPicker, runMark } from "./picker";

const DRAGGED = "text/x-reportgen-run";

/** A button that keeps the focus on its run when the row of runs is made anew. */
function act(label: string, content: Element, name: string, press: () => void): HTMLButtonElement {
  const made = button(label, content, press);
  made.className = "icon-button";
  made.dataset["act"] = name;
  return made;
}

function watchDrag(card: HTMLElement, id: string, drop: (dragged: string) => void): void {
  card.draggable = true;
  card.addEventListener("dragstart", (event) => event.dataTransfer?.setData(DRAGGED, id));
  card.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes(DRAGGED)) return;
    event.preventDefault();
    card.classList.add("drop-here");
  });
  for (const end of ["dragleave", "drop"]) card.addEventListener(end, () => card.classList.remove("drop-here"));
  card.addEventListener("drop", (event) => {
    const dragged = event.dataTransfer?.getData(DRAGGED);
    if (!dragged) return;
    event.preventDefault();
    drop(dragged);
  });
}

function runCard(context: CompareContext, run: number, place: number, count: number): HTMLElement {
  const { runs, names, store, index } = context;
  const [id, name] = [runs.ids[run] ?? "", names[run] ?? ""];
  const move = (to: number) => store.set({ runs: movedId(store.get().runs, id, to) });
  const state = String(cells(runs, "state")[run] ?? "");
  const before = act(place === 1 ? `Make ${name} the baseline` : `Move ${name} to the left`, svgIcon(left), "left", () => move(place - 1));
  const after = act(`Move ${name} to the right`, icon("chevronRight"), "right", () => move(place + 1));
  before.disabled = place === 0;
  after.disabled = place === count - 1;
  const remove = act(`Take ${name} out`, icon("close"), "remove", () => store.set({ runs: store.get().runs.filter((other) => other !== id) }));
  const card = element(
    "li",
    { class: "compare-run", "data-id": id },
    runMark(run),
    element("a", { class: "run-name", href: pageUrl(runs.urls[run] ?? ""), draggable: "false" }, name),
    place === 0 ? element("span", { class: "chip" }, "baseline") : null,
    state && state !== "finished" ? element("span", { class: "state", "data-state": state }, state) : null,
    element("span", { class: "compare-acts" }, before, after, remove),
  );
  card.addEventListener("pointerenter", () => lit.set({ project: index.project, run }));
  card.addEventListener("pointerleave", () => lit.set({ run: null }));
  watchDrag(card, id, (dragged) => store.set({ runs: movedId(store.get().runs, dragged, store.get().runs.indexOf(id)) }));
  return card;
}

/** What is not as the address asks for, in words. */
export function noticesOf({ unknown, left, runs }: ReturnType<CompareContext["chosen"]>): string[] {
  const notices: string[] = [];
  if (unknown.length) notices.push(`This project has no run ${unknown.map((id) => `“${id}”`).join(", ")}.`);
  if (left) notices.push(`The address names ${runs.length + left} runs. The first ${MOST_COMPARED} are compared, as more cannot be read side by side.`);
  return notices;
}

/** The head of the page; it follows the chosen runs. */
export function createHead(context: CompareContext): HTMLElement {
  const { store } = context;
  const list = element("ol", { class: "compare-runs", "aria-label": "Runs that are compared, the baseline first" });
  const add = element("button", { type: "button", class: "button", "aria-haspopup": "dialog" }, svgIcon(plus), "Add run");
  const notices = element("div", { class: "compare-notices", role: "status" });
  const row = element("div", { class: "compare-chosen" }, list, add);
  let close: () => void = () => undefined;
  add.addEventListener("click", () => (close = openMenu(add, "Add a run", createPicker(context))));

  function update(): void {
    const chosen = context.chosen();
    close();
    const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement) ? document.activeElement : null;
    const [id, name] = [focused?.closest<HTMLElement>("li")?.dataset["id"], focused?.dataset["act"]];
    const cards = chosen.runs.map((run, place) => runCard(context, run, place, chosen.runs.length));
    list.replaceChildren(...cards);
    const same = cards.find((card) => card.dataset["id"] === id);
    if (id !== undefined) (same?.querySelector<HTMLElement>(`[data-act="${name}"]:enabled`) ?? same?.querySelector<HTMLElement>("[data-act]:enabled") ?? add).focus();
    row.hidden = chosen.runs.length === 0;
    add.hidden = chosen.runs.length < 2;
    notices.replaceChildren(...noticesOf(chosen).map((text) => element("p", { class: "notice", "data-kind": "warning" }, text)));
  }

  store.subscribe((state, previous) => {
    if (state.runs !== previous.runs) update();
  });
  update();
  return element("div", { class: "compare-head" }, notices, row);
}
