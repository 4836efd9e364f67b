/** Saved views: a choice among those of the project, and a small form that makes a file of what is seen. */
import { button, element } from "../elements";
import { inWords } from "../errors";
import { icon } from "../icons";
import { download, fileName } from "../panels/export";
import { type Codec, type Presets, type Store, readPlain, writePlain, writeState } from "../store";
import type { View } from "../types";
import { viewYaml } from "./view_file";
import type { WorkspaceState } from "./state";

/** All that views are about. */
export interface Saved {
  views: readonly View[];
  /** the state of a project that nobody has touched */
  initial: WorkspaceState;
  codec: Codec<WorkspaceState>;
  /** the project's name where the site has several, and null where it is the only one */
  project: string | null;
}

const CUSTOM = "\0custom";
const FOLDER = "views/";

/** The whole state of a view but what follows from it: all that the view does not say is as at first. */
export function viewState(view: View | null, { initial, codec }: Saved): Partial<WorkspaceState> {
  const first = Object.fromEntries(Object.entries(initial).filter(([field]) => field in codec)) as Partial<WorkspaceState>;
  return view ? { ...first, ...readPlain(view.state, codec) } : first;
}

/** What names in an address stand for. */
export function viewPresets(saved: Saved): Presets<WorkspaceState> {
  return (name) => {
    const view = saved.views.find((each) => (name === null ? each.default : each.name === name));
    return view ? viewState(view, saved) : {};
  };
}

/** The choice of a view. It shows the one that is seen, and that it is none of them once something was changed. */
function viewChoice(saved: Saved, store: Store<WorkspaceState>): { root: HTMLElement; last: () => View | null } {
  const textOf = (view: View | null) => writeState({ ...saved.initial, ...viewState(view, saved) }, saved.codec);
  const custom = element("option", { value: CUSTOM, hidden: true, disabled: true }, "custom");
  const shown = new Map<string, string>([[textOf(null), ""]]);
  // A view that shows what another shows is known by the first of them.
  for (const view of saved.views) if (!shown.has(textOf(view))) shown.set(textOf(view), view.name);
  const made = element(
    "select",
    { class: "select" },
    element("option", { value: "" }, "none"),
    custom,
    ...saved.views.map(({ name, title, description }) => element("option", { value: name, title: description || null }, title)),
  );
  const chosen = () => saved.views.find(({ name }) => name === made.value) ?? null;
  let last: View | null = null;
  const show = () => {
    made.value = shown.get(writeState(store.get(), saved.codec)) ?? CUSTOM;
    if (made.value !== CUSTOM) last = chosen();
    made.title = chosen()?.description ?? "";
  };
  made.addEventListener("change", () => store.set(viewState(chosen(), saved)));
  store.subscribe(show);
  show();
  return { root: element("label", { class: "tool tool-view" }, "view ", made), last: () => last };
}

/** The present state as a view. A title that a view has already means that view, with all that its file says besides. */
export function presentView(title: string, state: WorkspaceState, { views, codec }: Saved): View {
  const known = views.find((view) => view.title === title);
  const name = known?.name ?? fileName(title.toLowerCase(), "yml", "view").replace(/\.yml$/, "");
  return { name, title, description: known?.description ?? "", default: known?.default ?? false, state: writePlain(state, codec) };
}

interface SaveForm {
  root: HTMLDialogElement;
  /** Opens with a title to begin with. */
  open: (title: string) => void;
}

function saveForm(saved: Saved, store: Store<WorkspaceState>): SaveForm {
  const title = element("input", { class: "input", required: true, maxlength: 120, autocomplete: "off" });
  const file = element("code");
  const hint = element("p", { role: "status" });
  const submit = element("button", { type: "submit", class: "button" });
  const view = () => presentView(title.value.trim(), store.get(), saved);
  const showFile = () => void (file.textContent = `${FOLDER}${view().name}.yml`);
  title.addEventListener("input", showFile);
  const close = button("Close", icon("close"), () => root.close());
  close.className = "icon-button";
  const form = element(
    "form",
    { class: "view-form" },
    element("header", {}, element("h2", {}, "Save view"), close),
    element("label", {}, "Title", title),
    hint,
    submit,
  );
  const root = element("dialog", { class: "help", "aria-label": "Save view" }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!title.value.trim()) return title.focus();
    const present = view();
    const [name, text] = [`${present.name}.yml`, viewYaml(present, saved.project)];
    const keep = window.reportgen?.saveView;
    if (keep) return void keep(name, text).then(() => root.close(), (error: unknown) => (hint.textContent = inWords(error)));
    download(name, new Blob([text], { type: "text/yaml" }));
    root.close();
  });
  root.addEventListener("click", (event) => event.target === root && root.close());
  return {
    root,
    open(text) {
      title.value = text;
      // The script that saves into the project may have come after this.
      const saves = window.reportgen?.saveView !== undefined;
      submit.textContent = saves ? "Save" : "Download";
      hint.replaceChildren(...(saves ? ["It goes into the project as ", file, "."] : ["Put the file into the project as ", file, " and build again."]));
      showFile();
      root.showModal();
      title.focus();
      title.select();
    },
  };
}

/** The tools for views: the choice only where there are any. */
export function viewTools(saved: Saved, store: Store<WorkspaceState>): HTMLElement {
  const choice = saved.views.length ? viewChoice(saved, store) : null;
  const form = saveForm(saved, store);
  const save = element("button", { type: "button", class: "button" }, "Save view");
  save.addEventListener("click", () => form.open(choice?.last()?.title ?? ""));
  return element("div", { class: "view-tools" }, choice?.root, save, form.root);
}
