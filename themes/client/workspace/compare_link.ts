/** The way from the workspace to the page that compares runs: with those that are shown, as long as they are few. */
import { MOST_COMPARED, compareAddress } from "../compare/address";
import { pageUrl } from "../data";
import { element } from "../elements";
import type { Store } from "../store";
import type { ProjectIndex, RunsData } from "../types";
import type { WorkspaceState } from "./state";

/** A link that follows which runs are shown. */
export function compareLink({ pages }: ProjectIndex, { ids }: RunsData, store: Store<WorkspaceState>): HTMLElement {
  const link = element("a", {}, "compare");
  const update = () => {
    const shown = ids.filter((_, run) => !store.get().hidden.has(run));
    const few = shown.length > 1 && shown.length <= MOST_COMPARED;
    link.href = few ? compareAddress(pageUrl(pages.compare), shown) : pageUrl(pages.compare);
    link.title = few ? "Set the shown runs side by side" : `Choose runs to set side by side, or show up to ${MOST_COMPARED} here first`;
  };
  store.subscribe((state, before) => {
    if (state.hidden !== before.hidden) update();
  });
  update();
  return link;
}
