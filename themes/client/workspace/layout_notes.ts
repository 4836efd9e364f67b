/** What is said about the layout: panels that are hidden, what a view asks for in vain, what was done last and can be undone. */
import { button, element } from "../elements";
import { icon } from "../icons";
import { type Layouts, sameLayout } from "./layouts";
import { layoutProblems } from "./problems";

/** Below the panels: what is hidden, to have it back; and the way back to the plan. */
export function hiddenPanels(layouts: Layouts): HTMLElement {
  const { store, plan } = layouts;
  const planned = new Map(plan.flatMap(({ panels }) => panels.map(({ id, panel }) => [id, panel.title] as const)));
  const count = element("span", { class: "count" });
  const list = element("div", { class: "hidden-list" });
  const details = element("details", { class: "hidden-panels" }, element("summary", {}, "Hidden panels", count), list);
  const reset = element("button", { type: "button", class: "link-button" }, "Reset layout");
  reset.addEventListener("click", layouts.reset);
  const root = element("div", { class: "layout-foot" }, details, reset);
  const show = () => {
    const hidden = [...store.get().removed].filter((id) => planned.has(id));
    root.hidden = !layouts.isTouched();
    details.hidden = hidden.length === 0;
    count.textContent = String(hidden.length);
    const buttons = hidden.map((id) => {
      const made = element("button", { type: "button", class: "button hidden-panel", title: `Show ${planned.get(id)} again` }, icon("plus"), planned.get(id));
      made.addEventListener("click", () => layouts.change((now) => now.restore(id)));
      return made;
    });
    list.replaceChildren(...buttons);
  };
  store.subscribe((state, before) => sameLayout(state, before) || show());
  show();
  return root;
}

/** Above the panels: what an address or a view asks for that is not there. */
export function layoutTrouble(layouts: Layouts, unread: () => readonly string[]): HTMLElement {
  const { store, plan, context } = layouts;
  const list = element("ul", {});
  const close = button("Close", icon("close"), () => void (root.hidden = true));
  close.className = "icon-button";
  const root = element("div", { class: "layout-trouble", role: "status", hidden: true }, list, close);
  const show = () => {
    const unknown = unread().map((name) => `The address has “${name}” with a value that means nothing here.`);
    const problems = [...unknown, ...layoutProblems(plan, store.get(), context.index, context.runs)];
    list.replaceChildren(...problems.map((text) => element("li", {}, text)));
    root.hidden = problems.length === 0;
  };
  store.subscribe((state, before) => sameLayout(state, before) || show());
  addEventListener("hashchange", show);
  show();
  return root;
}

/** At the foot of the window: what was done last, and the offer to undo it. */
export function undoNotice(layouts: Layouts): HTMLElement {
  const what = element("span", { role: "status" });
  const undo = element("button", { type: "button", class: "link-button" }, "Undo");
  undo.addEventListener("click", layouts.undo);
  const close = button("Close", icon("close"), () => void (root.hidden = true));
  close.className = "icon-button";
  const root = element("div", { class: "undo-notice", hidden: true }, what, undo, close);
  layouts.store.subscribe((state, before) => {
    if (sameLayout(state, before)) return;
    const done = layouts.undoable();
    what.textContent = done ?? "";
    root.hidden = done === null;
  });
  return root;
}
