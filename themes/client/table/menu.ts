/** A menu under the control that opens it; Escape, a click elsewhere or leaving it closes it. */
import { element } from "../elements";
import { svgIcon } from "../icons";
import check from "lucide-static/icons/check.svg";

let closeOpen: (() => void) | null = null;

/** Opens a menu below an element; gives back how to close it. */
export function openMenu(anchor: HTMLElement, label: string, ...content: Node[]): () => void {
  const again = anchor.getAttribute("aria-expanded") === "true";
  closeOpen?.();
  if (again) return () => undefined;
  const menu = element("div", { class: "menu", role: "dialog", "aria-label": label }, ...content);
  document.body.append(menu);
  placeUnder(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  const stop = new AbortController();
  const close = () => {
    stop.abort();
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    closeOpen = null;
  };
  closeOpen = close;
  const { signal } = stop;
  document.addEventListener("pointerdown", (event) => {
    const target = event.target as Node;
    if (!menu.contains(target) && !anchor.contains(target)) close();
  }, { signal, capture: true });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
      anchor.focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") moveFocus(menu, event);
  }, { signal });
  addEventListener("resize", close, { signal });
  menu.querySelector<HTMLElement>("input, button, a")?.focus({ preventScroll: true });
  return close;
}

function placeUnder(menu: HTMLElement, anchor: HTMLElement): void {
  const box = anchor.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - menu.offsetWidth - 8));
  const below = box.bottom + 4;
  const above = box.top - 4 - menu.offsetHeight;
  const top = below + menu.offsetHeight > innerHeight && above > 0 ? above : below;
  menu.style.left = `${left + scrollX}px`;
  menu.style.top = `${top + scrollY}px`;
}

function moveFocus(menu: HTMLElement, event: KeyboardEvent): void {
  const items = [...menu.querySelectorAll<HTMLElement>("input, button, a")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = items[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** One line of a menu; `checked` gives it a tick. */
export function menuItem(text: string, act: () => void, checked?: boolean): HTMLButtonElement {
  const item = element("button", { type: "button", class: "menu-item" }, element("span", {}, text));
  if (checked !== undefined) {
    item.setAttribute("aria-pressed", String(checked));
    const mark = element("span", { class: "menu-check" });
    if (checked) mark.append(svgIcon(check));
    item.prepend(mark);
  }
  item.addEventListener("click", act);
  return item;
}
