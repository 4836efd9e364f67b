/** The colours of the page as the canvas needs them: read from the CSS tokens, read again when the scheme changes. */
import { PALETTE_SIZE } from "./colour";

export interface Theme {
  text: string;
  muted: string;
  faint: string;
  line: string;
  page: string;
  accent: string;
  font: string;
  mono: string;
  runs: readonly string[];
  dark: boolean;
}

/** [field, token, what to take when the style sheet does not say] */
const TOKENS = [
  ["text", "--text", "#1c2024"],
  ["muted", "--text-muted", "#60646c"],
  ["faint", "--text-faint", "#5f6977"],
  ["line", "--line", "#e4e7ec"],
  ["page", "--page", "#ffffff"],
  ["accent", "--accent", "#0b68cb"],
  ["font", "--font", "system-ui, sans-serif"],
  ["mono", "--font-mono", "ui-monospace, monospace"],
] as const;

const listeners = new Set<() => void>();
let current: Theme | undefined;

function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const named = Object.fromEntries(TOKENS.map(([field, name, otherwise]) => [field, token(name, otherwise)]));
  return {
    ...(named as Record<(typeof TOKENS)[number][0], string>),
    runs: Array.from({ length: PALETTE_SIZE }, (_, index) => token(`--run-${index}`, "#4477aa")),
    dark: isDark(),
  };
}

/** The colours of the scheme in force. */
export function theme(): Theme {
  current ??= readTheme();
  return current;
}

function schemeChanged(): void {
  current = undefined;
  for (const listener of [...listeners]) listener();
}

let watching = false;

/** Calls back whenever the colour scheme has changed; returns how to stop. */
export function onScheme(listener: () => void): () => void {
  if (!watching) {
    watching = true;
    new MutationObserver(schemeChanged).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", schemeChanged);
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}
