/** Terminal output as styled text. A line carries codes for colours and weight (SGR) alone: the build dropped all others. */
import { cssColor, inkOn, readableOn, type Rgb } from "./contrast";

/** One of the sixteen colours, whose shades are the theme's, or any colour. */
export type Colour = number | Rgb;

export interface Style {
  color: Colour | null;
  background: Colour | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  inverse: boolean;
  strike: boolean;
}

export interface Span {
  text: string;
  style: Style;
}

export const PLAIN: Style = {
  color: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strike: false,
};

/** What the sixteen are where they lie behind text. */
const SIXTEEN: readonly Rgb[] = [
  [0, 0, 0], [205, 49, 49], [13, 148, 90], [200, 160, 16], [36, 114, 200], [188, 63, 188], [17, 148, 180], [220, 220, 220],
  [102, 102, 102], [241, 76, 76], [35, 190, 120], [245, 225, 67], [59, 142, 234], [214, 112, 214], [41, 184, 219], [255, 255, 255],
];
/** `--surface` of the two schemes */
export const LIGHT_SURFACE: Rgb = [246, 247, 249];
export const DARK_SURFACE: Rgb = [22, 26, 32];
const DEFAULT: Rgb = [220, 220, 220];
const CODES = /\x1b\[([0-9;]*)m/g;
const CUBE = [0, 95, 135, 175, 215, 255];

/** One of the 256 colours. */
function ofPalette(code: number): Colour {
  if (code < 16) return code;
  const grey = (code - 232) * 10 + 8;
  if (code >= 232) return [grey, grey, grey];
  const part = (size: number) => CUBE[Math.floor((code - 16) / size) % 6] ?? 0;
  return [part(36), part(6), part(1)];
}

/** What `38;5;n` and `38;2;r;g;b` stand for, and how many further codes they take. */
function extended(codes: readonly number[], at: number): { color: Colour | null; used: number } {
  const part = (place: number) => Math.min(255, codes[at + place] ?? 0);
  if (codes[at + 1] === 5) return { color: ofPalette(part(2)), used: 2 };
  if (codes[at + 1] === 2) return { color: [part(2), part(3), part(4)], used: 4 };
  return { color: null, used: 0 };
}

const SWITCHES: Record<number, Partial<Style>> = {
  0: PLAIN,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { color: null },
  49: { background: null },
};

function styled(style: Style, parameters: string): Style {
  const codes = parameters.split(";").map(Number);
  let next = style;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { color, used } = extended(codes, at);
      next = code === 38 ? { ...next, color } : { ...next, background: color };
      at += used;
    } else if (code >= 30 && code <= 37) next = { ...next, color: code - 30 };
    else if (code >= 90 && code <= 97) next = { ...next, color: code - 82 };
    else if (code >= 40 && code <= 47) next = { ...next, background: code - 40 };
    else if (code >= 100 && code <= 107) next = { ...next, background: code - 92 };
    else next = { ...next, ...SWITCHES[code] };
  }
  return next;
}

/** One line as spans. */
export function parseAnsi(line: string): Span[] {
  if (!line.includes("\x1b")) return line ? [{ text: line, style: PLAIN }] : [];
  const spans: Span[] = [];
  let style = PLAIN;
  let from = 0;
  const push = (to: number) => {
    if (to > from) spans.push({ text: line.slice(from, to), style });
  };
  for (const found of line.matchAll(CODES)) {
    push(found.index);
    from = found.index + found[0].length;
    style = styled(style, found[1] ?? "");
  }
  push(line.length);
  return spans;
}

/** A line without its codes, for searching and copying. */
export function plainLine(line: string): string {
  return line.includes("\x1b") ? line.replace(CODES, "") : line;
}

/** The classes of a style, and the properties of what no class can say. */
export function dressOf(style: Style): { classes: string[]; properties: Record<string, string> } {
  const classes = (["bold", "dim", "italic", "underline", "strike"] as const).filter((name) => style[name]).map((name) => `ansi-${name}`);
  const [ink, paper] = style.inverse ? [style.background, style.color] : [style.color, style.background];
  const rgb = (color: Colour): Rgb => (typeof color === "number" ? (SIXTEEN[color] ?? DEFAULT) : color);
  const properties: Record<string, string> = {};
  if (style.inverse && paper === null && ink === null) classes.push("ansi-inverse");
  else if (paper !== null || style.inverse) {
    const background = paper === null ? DEFAULT : rgb(paper);
    properties["background-color"] = cssColor(background);
    properties["color"] = cssColor(ink === null ? inkOn(background) : readableOn(rgb(ink), background));
  } else if (typeof ink === "number") classes.push(`ansi-${ink === 8 ? 8 : ink % 8}`);
  else if (ink !== null) {
    classes.push("ansi-rgb");
    properties["--ansi-light"] = cssColor(readableOn(ink, LIGHT_SURFACE));
    properties["--ansi-dark"] = cssColor(readableOn(ink, DARK_SURFACE));
  }
  return { classes, properties };
}
