/** The script of the frame in which BokehJS draws: it waits for a document from the page around it. */

/** What the frame tells the page. */
export type BokehMessage = { bokeh: "ready" } | { bokeh: "drawn"; height: number } | { bokeh: "failed" };

interface BokehDocument {
  roots: { id: string }[];
}

declare const Bokeh: {
  embed: { embed_items: (documents: Record<string, unknown>, items: unknown[]) => Promise<unknown> };
};

function tell(message: BokehMessage): void {
  parent.postMessage(message, "*");
}

async function draw(given: BokehDocument): Promise<void> {
  const roots: Record<string, string> = {};
  for (const [index, { id }] of given.roots.entries()) {
    const place = document.createElement("div");
    place.id = `root-${index}`;
    document.body.append(place);
    roots[id] = place.id;
  }
  await Bokeh.embed.embed_items({ logged: given }, [{ docid: "logged", roots, root_ids: Object.keys(roots) }]);
  new ResizeObserver(() => tell({ bokeh: "drawn", height: document.documentElement.offsetHeight })).observe(document.body);
}

// Opened by itself the page has nothing to draw.
if (parent !== window) {
  addEventListener(
    "message",
    ({ source, data }: MessageEvent<{ document: BokehDocument }>) => {
      if (source === parent) draw(data.document).catch(() => tell({ bokeh: "failed" }));
    },
    { once: true },
  );
  tell({ bokeh: "ready" });
}
