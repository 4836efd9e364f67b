/** What every page has: the colour scheme, copy buttons, and the keys that lead from place to place. */
import { copyText } from "../clipboard";
import { isTyping } from "../typing";
import { openHelp } from "./help";

export { isTyping };

const SCHEMES = ["system", "light", "dark"] as const;
type Scheme = (typeof SCHEMES)[number];

const STORED = "reportgen.scheme";
const COPIED_FOR = 1200;
const CHORD = 900;
const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");

function chosenScheme(): Scheme {
  const chosen = root.dataset["scheme"];
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

function applyScheme(scheme: Scheme): void {
  if (scheme === "system") delete root.dataset["scheme"];
  else root.dataset["scheme"] = scheme;
  root.dataset["theme"] = scheme === "system" ? (systemDark.matches ? "dark" : "light") : scheme;
}

function keepScheme(scheme: Scheme): void {
  try {
    if (scheme === "system") localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, scheme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function watchScheme(): void {
  const toggle = document.querySelector<HTMLButtonElement>(".scheme-toggle");
  const name = (scheme: Scheme) => toggle?.setAttribute("aria-label", `Colours: ${scheme}. Change`);
  name(chosenScheme());
  toggle?.addEventListener("click", () => {
    const next = SCHEMES[(SCHEMES.indexOf(chosenScheme()) + 1) % SCHEMES.length] ?? "system";
    applyScheme(next);
    keepScheme(next);
    name(next);
  });
  systemDark.addEventListener("change", () => applyScheme(chosenScheme()));
  // Paper is white.
  addEventListener("beforeprint", () => (root.dataset["theme"] = "light"));
  addEventListener("afterprint", () => applyScheme(chosenScheme()));
  if (location.protocol === "file:") document.addEventListener("click", carryScheme, { capture: true });
}

/** From a folder some browsers give each file a storage of its own, so the choice travels in the address. */
function carryScheme(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
  if (!link || link.protocol !== "file:" || !link.pathname.endsWith(".html")) return;
  if (link.pathname === location.pathname) return;
  const url = new URL(link.href);
  const scheme = chosenScheme();
  if (scheme === "system") url.searchParams.delete("scheme");
  else url.searchParams.set("scheme", scheme);
  link.href = url.href;
}

function watchCopyButtons(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-copy]");
    if (!button) return;
    void copyText(button.dataset["copy"] ?? "").then(() => {
      const icon = button.querySelector(".icon");
      button.classList.add("copied");
      icon?.classList.replace("icon-copy", "icon-check");
      setTimeout(() => {
        button.classList.remove("copied");
        icon?.classList.replace("icon-check", "icon-copy");
      }, COPIED_FOR);
    });
  });
}


function firstSearch(): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>("main input[type=search]")].find((input) => input.offsetParent !== null);
}

function goTo(letter: string): void {
  const names: Record<string, string> = { w: "Workspace", r: "Runs", c: "Compare", p: "Reports" };
  const wanted = names[letter];
  const links = [...document.querySelectorAll<HTMLAnchorElement>("#places > a")];
  if (wanted) links.find((link) => link.textContent?.trim() === wanted)?.click();
}

function watchKeys(): void {
  let afterG = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && isTyping(event.target)) (event.target as HTMLElement).blur();
    if (isTyping(event.target)) return;
    if (event.key === "/") {
      const search = firstSearch();
      if (!search) return;
      event.preventDefault();
      search.focus();
    } else if (event.key === "?") {
      openHelp();
    } else if (event.key === "g") {
      afterG = event.timeStamp;
    } else if (afterG && event.timeStamp - afterG < CHORD) {
      afterG = 0;
      goTo(event.key);
    }
  });
}

/** Marks in the contents at the right which heading is being read. */
function watchContents(): void {
  const links = new Map<Element, HTMLAnchorElement>();
  document.querySelectorAll<HTMLAnchorElement>(".contents a").forEach((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  });
  if (!links.size) return;
  const observer = new IntersectionObserver(
    () => {
      const passed = [...links].filter(([heading]) => heading.getBoundingClientRect().top < innerHeight / 3);
      const current = passed[passed.length - 1]?.[1] ?? [...links.values()][0];
      links.forEach((link) => {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    },
    { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] },
  );
  links.forEach((_, heading) => observer.observe(heading));
}

watchScheme();
watchCopyButtons();
watchKeys();
watchContents();
