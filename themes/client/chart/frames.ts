/** Painting in turn: many plots that change at once share the frames, so that the page still answers in between. */

type Job = () => Promise<void>;

/** Time for painting in one frame, in ms; a plot that has begun is finished. */
const BUDGET = 10;

const waiting = new Set<Job>();
let running = false;

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

async function run(): Promise<void> {
  running = true;
  while (waiting.size) {
    const start = await nextFrame().then(() => performance.now());
    for (const job of waiting) {
      waiting.delete(job);
      await job().catch((error: unknown) => reportError(error));
      if (performance.now() - start > BUDGET) break;
    }
  }
  running = false;
}

/** Runs a job in one of the next frames; a job that is waiting already runs once. */
export function inTurn(job: Job): void {
  waiting.add(job);
  if (!running) void run();
}

/** Takes back a job that has not run. */
export function outOfTurn(job: Job): void {
  waiting.delete(job);
}
