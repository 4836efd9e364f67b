/** The code of the baseline against that of another run: command line, commits, uncommitted changes, packages. */
import { load } from "../data";
import { element } from "../elements";
import { inWords } from "../errors";
import type { DataRef } from "../types";
import type { CompareContext, PartView } from "./context";
import { type FileChange, comparePatches, compareWords } from "./patches";
import { patchFile } from "./patch_file";
import type { ComparedRun } from "./payloads";
import { packageRows, rowDiffers, valueText } from "./rows";

/** A run with what is compared of it. */
interface Side {
  name: string;
  run: ComparedRun;
}

function section(title: string, ...content: (Node | string)[]): HTMLElement {
  return element("section", { class: "compare-code" }, element("h2", {}, title), ...content);
}

const sentence = (...content: (Node | string)[]): HTMLElement => element("p", {}, ...content);

function commandSection(old: Side, fresh: Side): HTMLElement {
  const [before, after] = [old.run.command, fresh.run.command];
  const missing = [old, fresh].filter(({ run }) => run.command.length === 0).map(({ name }) => name);
  if (missing.length) return section("Command line", sentence(`The log of ${missing.join(" and of ")} names no command line, so there is nothing to compare.`));
  const words = compareWords(before, after);
  const isSame = words.every(({ kind }) => kind === "same");
  const marks = { same: "span", add: "ins", remove: "del" } as const;
  const line = element("pre", { class: "compare-command" }, ...words.flatMap(({ kind, text }) => [element(marks[kind], {}, text), " "]));
  return section("Command line", sentence(isSame ? "Both runs were started in the same way." : `Words of ${old.name} alone are struck through, words of ${fresh.name} alone are underlined.`), line);
}

function commitLink({ run: { code } }: Side): HTMLElement {
  const short = element("code", {}, code.commit.slice(0, 10));
  return code.page ? element("a", { href: code.page, rel: "noopener noreferrer" }, short) : short;
}

/** Where the difference of two commits can be seen, or why it cannot. */
function commitDifference(old: Side, fresh: Side): HTMLElement {
  const [before, after] = [old.run.code, fresh.run.code];
  if (before.repository !== after.repository) {
    return sentence(`They are of different repositories (${before.repository || "none named"} and ${after.repository || "none named"}), so that no forge compares them.`);
  }
  if (!before.compare) {
    return sentence("The repository is at no forge that this page knows. In a checkout of it: ", element("code", {}, `git diff ${before.commit.slice(0, 10)} ${after.commit.slice(0, 10)}`));
  }
  const href = before.compare.replace("{old}", before.commit).replace("{new}", after.commit);
  return sentence(element("a", { class: "button", href, rel: "noopener noreferrer" }, `Compare the commits at ${new URL(href).hostname}`));
}

function commitSection(old: Side, fresh: Side): HTMLElement {
  const missing = [old, fresh].filter(({ run }) => !run.code.commit).map(({ name }) => name);
  if (missing.length) {
    return section("Commit", sentence(`The log of ${missing.join(" and of ")} names no commit, so the committed code cannot be compared. It is captured where a run starts inside a git repository.`));
  }
  if (old.run.code.commit === fresh.run.code.commit) return section("Commit", sentence("Both runs started from ", commitLink(old), "."));
  return section("Commit", sentence(`${old.name} started from `, commitLink(old), `, ${fresh.name} from `, commitLink(fresh), "."), commitDifference(old, fresh));
}

/** Why there is no patch to compare. */
function withoutPatch({ name, run }: Side): string {
  if (run.patch) return "";
  if (run.code.dirty === false) return `${name} had no uncommitted changes.`;
  if (run.code.dirty) return `${name} had uncommitted changes, but its log has no patch of them.`;
  return `The log of ${name} does not say whether there were uncommitted changes.`;
}

/** What the reader must know about how far the comparison goes. */
function patchNotes(old: Side, fresh: Side): string[] {
  const sides = [old, fresh];
  const notes = sides.filter(({ run }) => run.cut).map(({ name }) => `The patch of ${name} is longer than what is compared of it.`);
  for (const { name, run } of sides) if (run.code.leftOut.length) notes.push(`Not in the patch of ${name}: ${run.code.leftOut.join(", ")}.`);
  const isSame = old.run.code.commit !== "" && old.run.code.commit === fresh.run.code.commit;
  notes.push(isSame ? "Both patches are against the same commit, so this is all that differs in tracked files." : "The patches are against different commits, so what differs between those comes on top.");
  return notes;
}

function countText(changes: readonly FileChange[]): string {
  const same = changes.filter(({ kind }) => kind === "same").length;
  const differ = changes.length - same;
  const files = (count: number) => `${count} ${count === 1 ? "file" : "files"}`;
  return `The uncommitted changes differ in ${files(differ)}${same ? ` and are the same in ${files(same)}` : ""}.`;
}

async function patchSection(old: Side, fresh: Side): Promise<HTMLElement> {
  const title = "Uncommitted changes";
  const reasons = [withoutPatch(old), withoutPatch(fresh)].filter(Boolean);
  if (!old.run.patch && !fresh.run.patch) return section(title, sentence(reasons.join(" ")));
  if (old.run.patch?.key === fresh.run.patch?.key) return section(title, sentence("Both runs had the very same uncommitted changes."));
  const text = async (ref: DataRef | undefined) => (ref ? load<string>(ref) : "");
  const [before, after] = await Promise.all([text(old.run.patch), text(fresh.run.patch)]);
  const changes = comparePatches(before, after);
  const notes = [...reasons, countText(changes), ...patchNotes(old, fresh)];
  return section(title, ...notes.map((note) => sentence(note)), ...changes.map((change) => patchFile(change, old.name, fresh.name)));
}

async function packageSection(old: Side, fresh: Side): Promise<HTMLElement> {
  const title = "Packages";
  const missing = [old, fresh].filter(({ run }) => !run.packages).map(({ name }) => name);
  if (missing.length) return section(title, sentence(`The log of ${missing.join(" and of ")} has no list of installed packages, so they cannot be compared.`));
  const versions = (ref: DataRef | undefined) => (ref ? load<Record<string, string>>(ref) : Promise.resolve({}));
  const rows = packageRows(await Promise.all([versions(old.run.packages), versions(fresh.run.packages)]));
  const differing = rows.filter(rowDiffers);
  const all = `${rows.length} ${rows.length === 1 ? "package" : "packages"}`;
  if (!differing.length) return section(title, sentence(`All ${all} are the same.`));
  const lines = differing.map((row) =>
    element("tr", {}, element("th", { scope: "row" }, row.label), ...[0, 1].map((place) => element("td", { class: "mono" }, valueText(row, place) || element("span", { class: "empty" }, "not installed")))),
  );
  const head = element("tr", {}, element("th", { scope: "col" }, "Package"), element("th", { scope: "col" }, old.name), element("th", { scope: "col" }, fresh.name));
  const table = element("table", { class: "table compare-packages" }, element("thead", {}, head), element("tbody", {}, ...lines));
  return section(title, sentence(`${differing.length} of ${all} ${differing.length === 1 ? "differs" : "differ"}.`), element("div", { class: "table-scroll" }, table));
}

/** The choice of the run that stands against the baseline, when there are several. */
function againstChoice({ names, runs, store }: CompareContext, chosen: readonly number[], against: number): HTMLElement | null {
  if (chosen.length < 3) return null;
  const made = element("select", { class: "select" }, ...chosen.slice(1).map((run) => element("option", { value: run, selected: run === against }, names[run] ?? "")));
  made.addEventListener("change", () => store.set({ against: runs.ids[Number(made.value)] ?? "" }));
  return element("label", { class: "tool" }, `${names[chosen[0] ?? 0]} against `, made);
}

/** The part with the code of two runs. It is made anew when other runs are chosen. */
export function codePart(context: CompareContext): PartView {
  const { names, runs, store } = context;
  const chosen = context.chosen().runs;
  const root = element("div", { class: "compare-codes" });
  let left = false;

  async function fill(): Promise<void> {
    const asked = chosen.find((run) => runs.ids[run] === store.get().against && run !== chosen[0]);
    const [base, against] = [chosen[0] ?? 0, asked ?? chosen[1] ?? 0];
    const choice = againstChoice(context, chosen, against);
    const show = (...content: (Node | string)[]) => {
      if (left || (asked ?? chosen[1] ?? 0) !== against) return;
      root.replaceChildren(...(choice ? [element("div", { class: "compare-bar" }, choice)] : []), ...content);
    };
    show(element("p", { class: "muted", role: "status" }, "Loading code …"));
    try {
      const [old, fresh] = await Promise.all([base, against].map(async (run) => ({ name: names[run] ?? "", run: await context.details(run) })));
      if (!old?.run || !fresh?.run) return show(sentence("The site has nothing about the code of these runs. Build it again."));
      const [before, after] = [{ name: old.name, run: old.run }, { name: fresh.name, run: fresh.run }];
      const late = await Promise.all([patchSection(before, after), packageSection(before, after)]);
      show(commandSection(before, after), commitSection(before, after), ...late);
    } catch (error) {
      show(element("p", { class: "notice", "data-kind": "error" }, inWords(error)));
    }
  }

  const stop = store.subscribe((state, before) => {
    if (state.against !== before.against) void fill();
  });
  void fill();
  return {
    root,
    leave: () => {
      left = true;
      stop();
    },
  };
}
