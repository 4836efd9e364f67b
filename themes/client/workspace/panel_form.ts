/** The dialog that adds a panel and changes one: its kind, the fields of that kind, a title, the section. */
import { button, element } from "../elements";
import { icon } from "../icons";
import { KINDS, fieldsOf, kindOf } from "../panels/registry";
import { type AddedPanel, OWN_SECTION, type PanelValue } from "./layout";
import type { Layouts } from "./layouts";
import { sectionOf } from "./panel_cell";
import { type FieldControl, fieldControl } from "./panel_fields";
import { completePanel } from "./plan";
import { panelProblem } from "./problems";

export interface PanelForm {
  root: HTMLDialogElement;
  add: (section: string) => void;
  edit: (id: string) => void;
}

interface Draft {
  /** the panel that is changed; null for a new one */
  id: string | null;
  panel: AddedPanel;
  section: string;
}

/** The kinds that somebody can add. */
function kinds(): [string, string][] {
  return Object.keys(KINDS).flatMap((name): [string, string][] => (fieldsOf(name).length ? [[name, kindOf(name)?.label ?? name]] : []));
}

/** A form in a dialog of its own. */
export function createPanelForm(layouts: Layouts): PanelForm {
  const { context } = layouts;
  const heading = element("h2", {});
  const kind = element("select", { class: "select" }, ...kinds().map(([value, label]) => element("option", { value }, label)));
  const title = element("input", { class: "input", maxlength: 200, autocomplete: "off" });
  const section = element("input", { class: "input", maxlength: 100, autocomplete: "off", list: "panel-sections" });
  const known = element("datalist", { id: "panel-sections" });
  const place = element("div", { class: "panel-field-set" });
  const trouble = element("p", { class: "form-problem", role: "alert" });
  const submit = element("button", { type: "submit", class: "button button-main" });
  const close = button("Close", icon("close"), () => root.close());
  close.className = "icon-button";
  let draft: Draft = { id: null, panel: { kind: "line" }, section: "" };
  let controls: FieldControl[] = [];

  function present(): AddedPanel {
    const values = controls.flatMap((control): [string, PanelValue][] => {
      const value = control.value();
      return value === undefined ? [] : [[control.name, value]];
    });
    const named = title.value.trim() ? { title: title.value.trim() } : {};
    return { kind: kind.value, ...named, ...Object.fromEntries(values) } as AddedPanel;
  }
  /** What the panel is called while it has no title of its own. */
  function showTitle(): void {
    trouble.textContent = "";
    const { title: _, ...fields } = present();
    title.placeholder = panelProblem(fields as AddedPanel, context.index, context.runs) ? "" : (completePanel(fields as AddedPanel, context.index)?.title ?? "");
  }
  function showFields(panel: AddedPanel): void {
    controls = fieldsOf(kind.value).map((field) => fieldControl(field, panel, context, showTitle));
    place.replaceChildren(...controls.map((control) => control.root));
    showTitle();
  }
  function open(next: Draft): void {
    draft = next;
    heading.textContent = next.id === null ? "Add a panel" : "Change a panel";
    submit.textContent = next.id === null ? "Add" : "Save";
    kind.value = next.panel.kind;
    title.value = String(next.panel["title"] ?? "");
    section.value = next.section;
    known.replaceChildren(...layouts.sections().map(({ name }) => element("option", { value: name })));
    showFields(next.panel);
    root.showModal();
    root.scrollTop = 0;
    place.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }
  function save(): void {
    const panel = present();
    const problem = panelProblem(panel, context.index, context.runs);
    trouble.textContent = problem ?? "";
    if (problem) return;
    const { id } = draft;
    const name = section.value.trim() || OWN_SECTION;
    layouts.change((now) => (id === null ? now.add(panel, name) : now.replace(id, panel, name)));
    root.close();
    unfold(name);
    const [, shown] = newest(layouts, id) ?? [];
    shown?.scrollIntoView({ block: "center" });
    shown?.querySelector<HTMLElement>(".panel-stage")?.focus({ preventScroll: true });
  }
  function unfold(name: string): void {
    const folded = new Set(layouts.store.get().folded);
    if (folded.delete(name)) layouts.store.set({ folded });
  }

  // What was chosen for one kind serves another that has a field of this name.
  kind.addEventListener("change", () => showFields(present()));
  title.addEventListener("input", () => void (trouble.textContent = ""));
  const form = element(
    "form",
    { class: "panel-form", novalidate: true },
    element("header", {}, heading, close),
    element("label", { class: "panel-field" }, element("span", {}, "Kind"), kind),
    place,
    element("label", { class: "panel-field" }, element("span", {}, "Title"), title),
    element("label", { class: "panel-field" }, element("span", {}, "Section"), section, known),
    trouble,
    element("footer", {}, submit),
  );
  const root = element("dialog", { class: "help panel-dialog", "aria-label": "Panel" }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  root.addEventListener("click", (event) => event.target === root && root.close());
  return {
    root,
    add: (name) => open({ id: null, panel: { kind: "line" }, section: name || layouts.sections()[0]?.name || OWN_SECTION }),
    edit(id) {
      const found = layouts.sections().flatMap(({ places }) => places).find((one) => one.id === id);
      const panel = found && layouts.editable(found);
      if (panel) open({ id, panel, section: sectionOf(layouts, id) });
    },
  };
}

/** The panel that was just added or changed, with its cell. */
function newest(layouts: Layouts, id: string | null): [string, HTMLElement] | null {
  const cells = [...document.querySelectorAll<HTMLElement>(".panel-cell")];
  const added = layouts.store.get().panels.filter(({ panel }) => panel).map((entry) => Number(entry.id));
  const wanted = id !== null && cells.some((cell) => cell.dataset["panel"] === id) ? id : String(Math.max(...added));
  const cell = cells.find((one) => one.dataset["panel"] === wanted);
  return cell ? [wanted, cell] : null;
}
