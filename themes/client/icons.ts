/** The icons in use, inlined from lucide at build time and built as elements: no HTML is ever made from text at run time. */
import arrowDownUp from "lucide-static/icons/arrow-down-up.svg";
import chevronDown from "lucide-static/icons/chevron-down.svg";
import chevronLeft from "lucide-static/icons/chevron-left.svg";
import chevronRight from "lucide-static/icons/chevron-right.svg";
import ellipsis from "lucide-static/icons/ellipsis.svg";
import eye from "lucide-static/icons/eye.svg";
import eyeOff from "lucide-static/icons/eye-off.svg";
import grip from "lucide-static/icons/grip-vertical.svg";
import maximize from "lucide-static/icons/maximize-2.svg";
import minimize from "lucide-static/icons/minimize-2.svg";
import panelLeft from "lucide-static/icons/panel-left.svg";
import crosshair from "lucide-static/icons/crosshair.svg";
import plus from "lucide-static/icons/plus.svg";
import corner from "lucide-static/icons/move-diagonal-2.svg";
import rotate from "lucide-static/icons/rotate-ccw.svg";
import search from "lucide-static/icons/search.svg";
import close from "lucide-static/icons/x.svg";

const SOURCES = {
  arrowDownUp,
  chevronDown,
  chevronLeft,
  chevronRight,
  close,
  corner,
  crosshair,
  ellipsis,
  eye,
  eyeOff,
  grip,
  maximize,
  minimize,
  panelLeft,
  plus,
  rotate,
  search,
};

export type IconName = keyof typeof SOURCES;

const parsed = new Map<string, Element>();

/** An element from the text of a lucide file, 16 px, hidden from screen readers: the control around it has the words. */
export function svgIcon(source: string): Element {
  let icon = parsed.get(source);
  if (!icon) {
    icon = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
    icon.setAttribute("width", "16");
    icon.setAttribute("height", "16");
    icon.setAttribute("class", "icon");
    icon.setAttribute("aria-hidden", "true");
    parsed.set(source, icon);
  }
  return document.importNode(icon, true);
}

/** One of the client's icons by name. */
export function icon(name: IconName): Element {
  return svgIcon(SOURCES[name]);
}
