/** A searchable list to choose from: names by regular expression, one or several. */
import { element } from "../elements";
import type { FieldChoice } from "../panels/registry";
import { metricTest } from "./search";

/** More than this at once nobody reads; the search finds the others. */
const MOST_LISTED = 200;
let lists = 0;

export interface ChoiceList {
  root: HTMLElement;
  /** keys, in the order of the choices; those that are no choice first */
  chosen: () => string[];
}

export interface ChoiceListOptions {
  label: string;
  choices: readonly FieldChoice[];
  chosen: readonly string[];
  several: boolean;
  /** one may be chosen or none */
  optional: boolean;
  changed: () => void;
}

/** The list with its search. */
export function choiceList({ label, choices, chosen: first, several, optional, changed }: ChoiceListOptions): ChoiceList {
  lists += 1;
  const group = `choice-${lists}`;
  const known = new Set(choices.map(({ key }) => key));
  // What is chosen and is gone stays chosen until somebody says otherwise.
  const gone = first.filter((key) => key && !known.has(key)).map((key) => ({ key, label: key }));
  const all = [...gone, ...choices];
  const chosen = new Set(first.filter(Boolean));
  const search = element("input", { class: "input", type: "search", placeholder: "search (regex)", "aria-label": `Search ${label}`, spellcheck: "false" });
  const list = element("div", { class: "choice-options" });
  const count = element("span", { class: "choice-count", role: "status" });
  const found = () => all.filter(({ key, label: text }) => [key, text].some(metricTest(search.value)));

  function option({ key, label: text }: FieldChoice): HTMLElement {
    const input = element("input", { type: several ? "checkbox" : "radio", name: group, value: key });
    input.checked = several || key ? chosen.has(key) : chosen.size === 0;
    input.addEventListener("change", () => {
      if (!several) chosen.clear();
      if (!key) chosen.clear();
      else if (input.checked) chosen.add(key);
      else chosen.delete(key);
      showCount();
      changed();
    });
    return element("label", { class: key ? "choice-option" : "choice-option choice-none", title: key || null }, input, element("span", {}, text));
  }
  function showCount(): void {
    count.textContent = several ? `${chosen.size} chosen` : ([...chosen][0] ?? (optional ? "none" : "choose one"));
  }
  function show(): void {
    const shown = found();
    const none = optional && !several && !search.value ? [{ key: "", label: "none" }] : [];
    const rest = shown.length > MOST_LISTED ? element("p", { class: "choice-rest" }, `and ${shown.length - MOST_LISTED} more: search for them`) : null;
    list.replaceChildren(...[...none, ...shown.slice(0, MOST_LISTED)].map(option), ...(rest ? [rest] : []));
    if (!shown.length) list.append(element("p", { class: "choice-rest" }, "Nothing matches."));
    every.hidden = !several || !search.value || !shown.length;
    every.textContent = `Choose all ${shown.length}`;
  }
  const every = element("button", { type: "button", class: "link-button", hidden: true });
  every.addEventListener("click", () => {
    for (const { key } of found()) chosen.add(key);
    show();
    showCount();
    changed();
  });
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    // Enter means what is found here, and not the form.
    if (event.key !== "Enter") return;
    event.preventDefault();
    list.querySelector("input")?.click();
    list.querySelector("input")?.focus();
  });
  show();
  showCount();
  const root = element("fieldset", { class: "choice-list" }, element("legend", {}, label, count), search, every, list);
  return { root, chosen: () => all.filter(({ key }) => chosen.has(key)).map(({ key }) => key) };
}
