/** The page of a run: tabs over its sections, and the keys for the runs before and after it. */
import "../console/element";
import "../files/element";
import "../lineage/element";
import "../media/element";
import "./key_values";
import { bindRunView } from "../panels/run_view";
import { watchFoldAll } from "./fold_all";
import { decoded } from "../format";
import { isTyping } from "../typing";

/** The section that a hash leads to: itself, or the one that holds what it names; `#console:12` leads into the console. */
function sectionOf(hash: string, sections: readonly HTMLElement[]): HTMLElement | undefined {
  const id = decoded(hash.replace(/^#/, ""));
  if (!id) return undefined;
  const inside = sections.find((section) => id.startsWith(`${section.id}:`));
  if (inside) return inside;
  const target = document.getElementById(id);
  return sections.find((section) => section === target || (target !== null && section.contains(target)));
}

/** On a phone the row of tabs is longer than the screen. */
function bringIntoSight(tab: HTMLElement): void {
  const row = tab.parentElement;
  if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - row.clientWidth / 3;
}

function watchTabs(): void {
  const panels = document.querySelector<HTMLElement>(".tab-panels");
  const tabs = [...document.querySelectorAll<HTMLAnchorElement>(".tabs > a")];
  if (!panels || !tabs.length) return;
  const sections = [...panels.querySelectorAll<HTMLElement>(":scope > .tab-panel")];

  const show = (wanted: HTMLElement | undefined) => {
    const section = wanted ?? sections[0];
    for (const one of sections) {
      if (one === section) one.removeAttribute("hidden");
      // Searching the page finds text in closed tabs too, and opens them.
      else one.setAttribute("hidden", "until-found");
    }
    for (const tab of tabs) {
      if (tab.hash.slice(1) === section?.id) {
        tab.setAttribute("aria-current", "true");
        bringIntoSight(tab);
      } else {
        tab.removeAttribute("aria-current");
      }
    }
  };

  for (const tab of tabs) {
    tab.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      history.pushState(null, "", tab.hash);
      show(sectionOf(tab.hash, sections));
      const top = panels.getBoundingClientRect().top + scrollY - 120;
      if (scrollY > top) scrollTo({ top });
    });
  }
  for (const section of sections) section.addEventListener("beforematch", () => show(section));
  const follow = () => show(sectionOf(location.hash, sections));
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  follow();
  panels.dataset["ready"] = "true";
}

function watchStepKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "j" && event.key !== "k") return;
    const link = document.querySelector<HTMLAnchorElement>(`.run-steps a[data-key="${event.key}"]`);
    if (!link) return;
    // The next run opens on the same tab, and shows the same ranks.
    link.hash = location.hash;
    link.search = location.search;
    link.click();
  });
}

if (document.querySelector(".page-run")) bindRunView();
watchTabs();
watchFoldAll();
watchStepKeys();
