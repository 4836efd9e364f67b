/** The controls of a form for the fields of a kind of panels. */
import { element } from "../elements";
import type { Field, FieldChoice, PanelContext } from "../panels/registry";
import { choiceList } from "./choice_list";
import type { AddedPanel, PanelValue } from "./layout";

export interface FieldControl {
  root: HTMLElement;
  name: string;
  /** undefined for what goes without saying */
  value: () => PanelValue | undefined;
}

function metricChoices({ index }: PanelContext): FieldChoice[] {
  const names = [...index.metrics, ...index.system].map(({ name }) => name);
  return [...new Set(names)].map((key) => ({ key, label: key }));
}

function columnChoices({ runs }: PanelContext): FieldChoice[] {
  return runs.columns.map(({ key }) => ({ key, label: key }));
}

function texts(value: PanelValue | undefined): string[] {
  return typeof value === "object" ? [...value] : value === undefined ? [] : [String(value)];
}

function labelled(field: Field, control: HTMLElement): HTMLElement {
  return element("label", { class: "panel-field" }, element("span", {}, field.label), control, field.help ? element("small", {}, field.help) : null);
}

function listField(field: Field, choices: readonly FieldChoice[], first: PanelValue | undefined, changed: () => void): FieldControl {
  const several = field.of === "metrics" || field.of === "columns";
  const list = choiceList({ label: field.label, choices, chosen: texts(first), several, optional: !field.required, changed });
  if (field.help) list.root.append(element("small", {}, field.help));
  return {
    root: list.root,
    name: field.name,
    value: () => {
      const chosen = list.chosen();
      return chosen.length === 0 ? undefined : several ? chosen : chosen[0];
    },
  };
}

function switchField(field: Field, first: PanelValue | undefined, changed: () => void): FieldControl {
  const input = element("input", { type: "checkbox" });
  input.checked = first === true;
  input.addEventListener("change", changed);
  const root = element("label", { class: "panel-switch" }, input, field.label, field.help ? element("small", {}, field.help) : null);
  return { root, name: field.name, value: () => input.checked || undefined };
}

function textField(field: Field, first: PanelValue | undefined, changed: () => void): FieldControl {
  const isLong = field.name === "markdown" || field.name === "text";
  const input = isLong
    ? element("textarea", { class: "input", rows: 6, spellcheck: "true" })
    : element("input", { class: "input", type: field.of === "number" ? "number" : "text", step: "any", spellcheck: "false", autocomplete: "off" });
  input.value = first === undefined ? "" : String(first);
  input.addEventListener("input", changed);
  const value = () => {
    if (input.value.trim() === "") return undefined;
    return field.of === "number" ? Number(input.value) : input.value;
  };
  return { root: labelled(field, input), name: field.name, value };
}

/** The control of one field, with the value that the panel has. */
export function fieldControl(field: Field, panel: AddedPanel, context: PanelContext, changed: () => void): FieldControl {
  const first = panel[field.name];
  if (typeof field.of === "object") return listField(field, field.of.choices(context), first, changed);
  if (field.of === "metric" || field.of === "metrics") return listField(field, metricChoices(context), first, changed);
  if (field.of === "column" || field.of === "columns") return listField(field, columnChoices(context), first, changed);
  return field.of === "switch" ? switchField(field, first, changed) : textField(field, first, changed);
}
