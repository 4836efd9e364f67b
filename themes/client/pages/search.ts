/** Opens the search over the whole site, whose code and index are loaded then and not before. */
import { pageUrl, searchIndex, searchLibrary } from "../data";
import { button, element } from "../elements";
import { inWords } from "../errors";
import { icon } from "../icons";

/** The button in the head of the page; other themes have a search of their own. */
export function searchButton(): HTMLButtonElement | null {
  return document.querySelector<HTMLButtonElement>(".site-search");
}

/** Keeps what is typed until there is a field for it, so that no letter is taken for another key. Ends with the text. */
function keepKeys(): () => string {
  let typed = "";
  const keep = (event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    typed += event.key;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("keydown", keep, { capture: true });
  return () => {
    removeEventListener("keydown", keep, { capture: true });
    return typed;
  };
}

/** Opens the search, or says why that cannot be. */
export function openSearch(): void {
  const typed = keepKeys();
  searchLibrary().then(
    ({ open }) => open({ index: searchIndex, url: pageUrl }, typed()),
    (error: unknown) => {
      typed();
      const close = button("Close", icon("close"), () => dialog.close());
      close.className = "icon-button";
      const head = element("header", {}, element("h2", {}, "Search"), close);
      const dialog = element("dialog", { class: "help", "aria-label": "Search" }, head, element("p", {}, inWords(error)));
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);
      dialog.showModal();
    },
  );
}
