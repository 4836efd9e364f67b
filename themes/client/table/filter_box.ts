/** The filter: its conditions as chips that can be taken away, the raw text as soon as somebody clicks into it. */
import { button, element } from "../elements";
import { icon } from "../icons";
import { isExpression } from "../expression";
import { conditions, withoutCondition } from "./conditions";

const TYPING = 120;

export interface FilterBox {
  root: HTMLElement;
  input: HTMLInputElement;
  /** Shows a filter; not while it is being typed. */
  show: (filter: string, wrong: boolean) => void;
}

function chip(text: string, edit: () => void, remove: () => void): HTMLElement {
  const label = element("button", { type: "button", class: "filter-text", title: `${text}\nClick to edit` }, text);
  label.addEventListener("click", edit);
  const away = button(`Remove ${text}`, icon("close"), remove);
  away.className = "filter-away";
  return element("span", { class: "filter-chip", role: "listitem" }, label, away);
}

/** The box; `change` is told what stands in it once nobody has typed for a moment, or at once by Enter. */
export function filterBox(change: (filter: string) => void): FilterBox {
  const input = element("input", {
    class: "input",
    type: "search",
    spellcheck: "false",
    autocomplete: "off",
    placeholder: 'config.lr < 0.01 && "baseline" in tags',
    "aria-label": "Filter runs by an expression or by words in their names and tags",
  });
  const chips = element("span", { class: "filter-chips", role: "list", "aria-label": "Conditions of the filter" });
  const root = element("div", { class: "search-box" }, icon("search"), chips, input);
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => change(input.value), TYPING);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    clearTimeout(timer);
    change(input.value);
  });
  const edit = (text: string) => {
    const start = input.value.indexOf(text);
    input.focus();
    input.setSelectionRange(start, start + text.length);
  };
  const remove = (index: number) => {
    input.focus(); // what had the focus goes away
    input.blur();
    change(withoutCondition(input.value, index));
  };
  return {
    root,
    input,
    show(filter, wrong) {
      if (document.activeElement !== input) input.value = filter;
      input.setAttribute("aria-invalid", String(wrong));
      const shown = !wrong && isExpression(filter) ? conditions(filter) : [];
      root.classList.toggle("has-chips", shown.length > 0);
      chips.replaceChildren(...shown.map((text, index) => chip(text, () => edit(text), () => remove(index))));
    },
  };
}
