/** Panels are drawn when they come near the window and give their memory back when they are far from it. */

export interface Drawn {
  /** lets go of everything that costs memory */
  release: () => void;
}

const NEAR = "300px 0px";
const FAR = "2500px 0px";

interface Watched {
  draw: () => Drawn;
  drawn: Drawn | null;
}

const watched = new WeakMap<Element, Watched>();
let near: IntersectionObserver | undefined;
let far: IntersectionObserver | undefined;

function observers(): [IntersectionObserver, IntersectionObserver] {
  near ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const panel = watched.get(target);
        if (isIntersecting && panel) panel.drawn ??= panel.draw();
      }
    },
    { rootMargin: NEAR },
  );
  far ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const panel = watched.get(target);
        if (isIntersecting || !panel) continue;
        panel.drawn?.release();
        panel.drawn = null;
      }
    },
    { rootMargin: FAR },
  );
  return [near, far];
}

/** Calls `draw` whenever the element comes near; returns how to stop, which also releases. */
export function whenNear(element: Element, draw: () => Drawn): () => void {
  const both = observers();
  watched.set(element, { draw, drawn: null });
  for (const observer of both) observer.observe(element);
  return () => {
    for (const observer of both) observer.unobserve(element);
    watched.get(element)?.drawn?.release();
    watched.delete(element);
  };
}
