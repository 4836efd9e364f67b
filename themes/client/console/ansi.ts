/** Terminal output as styled text: SGR escape codes (colours, bold) become classes, every other code is dropped. */

export interface Style {
  /** 0 to 7 and 8 to 15 (bright), or null */
  color: number | null;
  background: number | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
}

export interface Span {
  text: string;
  style: Style;
}

export const PLAIN: Style = { color: null, background: null, bold: false, dim: false, italic: false, underline: false };

// CSI sequences, OSC sequences up to their end, choices of a character set, and the two-character codes.
const ESCAPES = /\x1b\[([0-?]*)([ -/]*[@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[()*+#%].?|\x1b[@-_]?/g;
// Control characters that show nothing; tab, newline and carriage return mean something.
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]/g;
const CUBE = [0, 95, 135, 175, 215, 255];

/** The nearest of the eight colours (bright ones from 8 on) to a colour of red, green and blue. */
function nearest(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  if (most - Math.min(red, green, blue) < 32) return most > 160 ? 7 : most > 64 ? 8 : 0;
  const on = (part: number) => Number(part > most * 0.6);
  return on(red) + 2 * on(green) + 4 * on(blue) + (most > 200 ? 8 : 0);
}

/** One of the 256 colours as one of the sixteen. */
function reduced(code: number): number {
  if (code < 16) return code;
  if (code >= 232) return nearest((code - 232) * 10 + 8, (code - 232) * 10 + 8, (code - 232) * 10 + 8);
  const cube = code - 16;
  const part = (size: number) => CUBE[Math.floor(cube / size) % 6] ?? 0;
  return nearest(part(36), part(6), part(1));
}

/** What `38;5;n` and `38;2;r;g;b` stand for, and how many codes they take. */
function extended(codes: readonly number[], at: number): { color: number | null; used: number } {
  if (codes[at + 1] === 5) return { color: reduced(codes[at + 2] ?? 0), used: 2 };
  if (codes[at + 1] === 2) return { color: nearest(codes[at + 2] ?? 0, codes[at + 3] ?? 0, codes[at + 4] ?? 0), used: 4 };
  return { color: null, used: 0 };
}

const SWITCHES: Record<number, Partial<Style>> = {
  0: PLAIN,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  39: { color: null },
  49: { background: null },
};

function styled(style: Style, parameters: string): Style {
  const codes = parameters === "" ? [0] : parameters.split(/[;:]/).map(Number);
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

/** One line as spans, and the style in which the next line begins. */
export function parseAnsi(line: string, style: Style = PLAIN): { spans: Span[]; style: Style } {
  const spans: Span[] = [];
  let current = style;
  let from = 0;
  const push = (to: number) => {
    const text = line.slice(from, to).replace(CONTROLS, "");
    if (text) spans.push({ text, style: current });
  };
  for (const found of line.matchAll(ESCAPES)) {
    push(found.index);
    from = found.index + found[0].length;
    if (found[2] === "m") current = styled(current, found[1] ?? "");
  }
  push(line.length);
  return { spans, style: current };
}

/** A line without any codes, for searching and copying. */
export function plainLine(line: string): string {
  return line.replace(ESCAPES, "").replace(CONTROLS, "");
}

/** The classes of a style; empty for plain text. */
export function styleClasses(style: Style): string {
  const classes = [
    style.color === null ? "" : `ansi-${style.color % 8}`,
    style.background === null ? "" : `ansi-back-${style.background % 8}`,
    style.bold ? "ansi-bold" : "",
    style.dim ? "ansi-dim" : "",
    style.italic ? "ansi-italic" : "",
    style.underline ? "ansi-underline" : "",
  ];
  return classes.filter(Boolean).join(" ");
}
