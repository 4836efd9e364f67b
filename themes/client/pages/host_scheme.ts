/** On the pages of another theme our scheme is the theme's: dark where its page is dark, whatever it calls that. */

const root = document.documentElement;

/** Red, green, blue and opacity of a computed colour. */
function parts(colour: string): number[] {
  return (colour.match(/[\d.]+/g) ?? []).map(Number);
}

function isDark(): boolean {
  for (const element of [document.body, root]) {
    const [red = 0, green = 0, blue = 0, opacity = 1] = parts(getComputedStyle(element).backgroundColor);
    if (opacity > 0.5) return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
  }
  return false; // nothing is painted: the page is as white as browsers make it
}

function follow(): void {
  const scheme = isDark() ? "dark" : "light";
  if (root.dataset["theme"] !== scheme) root.dataset["theme"] = scheme;
}

/** Follows the theme of a page that is not ours: head.js has run on those that are. */
export function followHost(): void {
  root.classList.add("js");
  follow();
  const attributes = new MutationObserver(follow);
  for (const element of [root, document.body]) attributes.observe(element, { attributes: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", follow);
  // A theme may fade from one colour to the other.
  document.addEventListener("transitionend", (event) => event.target === document.body && follow());
}
