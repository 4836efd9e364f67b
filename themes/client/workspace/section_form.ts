/** The small dialog that makes a section, and gives another name to one. */
import { button, element } from "../elements";
import { icon } from "../icons";
import type { Layouts } from "./layouts";

export interface SectionForm {
  root: HTMLDialogElement;
  /** Asks for the name of a new section, or for another name of one. */
  open: (renamed?: string) => void;
}

/** A form in a dialog of its own. */
export function createSectionForm(layouts: Layouts): SectionForm {
  const name = element("input", { class: "input", required: true, maxlength: 100, autocomplete: "off" });
  const trouble = element("p", { class: "form-problem", role: "alert" });
  const heading = element("h2", {});
  const submit = element("button", { type: "submit", class: "button" });
  let old: string | null = null;
  const close = button("Close", icon("close"), () => root.close());
  close.className = "icon-button";
  const form = element(
    "form",
    { class: "view-form" },
    element("header", {}, heading, close),
    element("label", {}, "Name", name),
    trouble,
    submit,
  );
  const root = element("dialog", { class: "help", "aria-label": "Section" }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = name.value.trim();
    if (!text) return name.focus();
    if (text !== old && layouts.sections().some((section) => section.name === text)) return void (trouble.textContent = `There is a section “${text}” already.`);
    layouts.change((now) => (old === null ? now.addSection(text) : now.renameSection(old, text)));
    root.close();
    document.querySelector(`.panel-section[data-section="${CSS.escape(text)}"]`)?.scrollIntoView({ block: "nearest" });
  });
  root.addEventListener("click", (event) => event.target === root && root.close());
  return {
    root,
    open(renamed) {
      old = renamed ?? null;
      heading.textContent = old === null ? "New section" : "Rename section";
      submit.textContent = old === null ? "Add" : "Rename";
      name.value = old ?? "";
      trouble.textContent = "";
      root.showModal();
      name.focus();
      name.select();
    },
  };
}
