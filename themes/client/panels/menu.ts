/** A small menu under a button: opens on click, closes on choice, on Escape and on a click elsewhere. */
import { element } from "../elements";

export interface MenuItem {
  label: string;
  /** a switch when given, and whether it is on */
  checked?: boolean;
  choose: () => void;
}

function itemElement(item: MenuItem, close: () => void): HTMLButtonElement {
  const isSwitch = item.checked !== undefined;
  const made = element("button", {
    type: "button",
    class: "menu-item",
    role: isSwitch ? "menuitemcheckbox" : "menuitem",
    "aria-checked": isSwitch ? String(item.checked) : null,
    tabindex: -1,
  });
  if (isSwitch) made.append(element("span", { class: "menu-tick", "aria-hidden": "true" }, item.checked ? "✓" : ""));
  made.append(item.label);
  made.addEventListener("click", () => {
    close();
    item.choose();
  });
  return made;
}

function watchMenuKeys(menu: HTMLElement, close: () => void): void {
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll<HTMLElement>("button")];
    const here = items.indexOf(document.activeElement as HTMLElement);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) items[(here + step + items.length) % items.length]?.focus();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Makes a button open a menu inside of `place`; the items are asked for each time it opens. */
export function menuButton(opener: HTMLButtonElement, place: HTMLElement, items: () => MenuItem[]): void {
  let menu: HTMLElement | null = null;
  let closing: AbortController | null = null;

  function close(): void {
    closing?.abort();
    const hadFocus = menu?.contains(document.activeElement);
    menu?.remove();
    menu = null;
    opener.setAttribute("aria-expanded", "false");
    if (hadFocus) opener.focus();
  }

  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("click", () => {
    if (menu) return close();
    menu = element("div", { class: "menu", role: "menu" }, ...items().map((item) => itemElement(item, close)));
    watchMenuKeys(menu, close);
    place.append(menu);
    opener.setAttribute("aria-expanded", "true");
    menu.querySelector("button")?.focus();
    closing = new AbortController();
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!menu?.contains(target) && !opener.contains(target)) close();
    };
    document.addEventListener("pointerdown", outside, { signal: closing.signal });
    menu.addEventListener("focusout", (event) => event.relatedTarget && outside({ target: event.relatedTarget } as unknown as Event));
  });
}
