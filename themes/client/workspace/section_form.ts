/** The small dialog that makes a section. */
import { button, element } from "../elements";
import { icon } from "../icons";
import type { Layouts } from "./layouts";

export interface SectionForm {
  root: HTMLDialogElement;
  open: () => void;
}

/** A form in a dialog of its own. */
export function createSectionForm(layouts: Layouts): SectionForm {
  const name = element("input", { class: "input", required: true, maxlength: 100, autocomplete: "off" });
  const trouble = element("p", { class: "form-problem", role: "alert" });
  const close = button("Close", icon("close"), () => root.close());
  close.className = "icon-button";
  const form = element(
    "form",
    { class: "view-form" },
    element("header", {}, element("h2", {}, "New section"), close),
    element("label", {}, "Name", name),
    trouble,
    element("button", { type: "submit", class: "button" }, "Add"),
  );
  const root = element("dialog", { class: "help", "aria-label": "New section" }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = name.value.trim();
    if (!text) return name.focus();
    if (layouts.sections().some((section) => section.name === text)) return void (trouble.textContent = `There is a section “${text}” already.`);
    layouts.change((now) => now.addSection(text));
    root.close();
    document.querySelector(`.panel-section[data-section="${CSS.escape(text)}"]`)?.scrollIntoView({ block: "nearest" });
  });
  root.addEventListener("click", (event) => event.target === root && root.close());
  return {
    root,
    open() {
      name.value = trouble.textContent = "";
      root.showModal();
      name.focus();
    },
  };
}
