/** A sound: the browser's own player, and over it how loud the sound is, which seeks where it is pressed. */
import { element } from "../elements";
import { onScheme, theme } from "../theme";
import type { SoundData } from "../types";
import type { Site } from "./site";

const HEIGHT = 48;
const GAP = 0.3;

/** The part of the time at which a pointer is, from 0 to 1. */
export function shareAt(x: number, left: number, width: number): number {
  return width > 0 ? Math.max(0, Math.min(1, (x - left) / width)) : 0;
}

function draw(canvas: HTMLCanvasElement, peaks: readonly number[], played: number): void {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  canvas.height = HEIGHT * ratio;
  const context = canvas.getContext("2d");
  if (!context) return;
  const { accent, faint } = theme();
  const wide = canvas.width / peaks.length;
  peaks.forEach((peak, index) => {
    const tall = Math.max(ratio, peak * canvas.height);
    context.fillStyle = index / peaks.length < played ? accent : faint;
    context.fillRect(index * wide, (canvas.height - tall) / 2, Math.max(0.5, wide * (1 - GAP)), tall);
  });
}

/** Puts a waveform over a player. */
export function dressSound(audio: HTMLAudioElement, peaks: readonly number[]): void {
  if (!peaks.length) return;
  const canvas = element("canvas", { class: "waveform", "aria-hidden": "true", title: "Press to go there" });
  audio.before(canvas);
  const again = () => draw(canvas, peaks, audio.duration > 0 ? audio.currentTime / audio.duration : 0);
  for (const event of ["timeupdate", "seeked", "ended"]) audio.addEventListener(event, again);
  canvas.addEventListener("pointerdown", (event) => {
    const { left, width } = canvas.getBoundingClientRect();
    const share = shareAt(event.clientX, left, width);
    const go = () => (audio.currentTime = share * audio.duration);
    if (Number.isFinite(audio.duration)) go();
    else {
      audio.addEventListener("loadedmetadata", go, { once: true });
      audio.preload = "metadata";
      audio.load();
    }
  });
  new ResizeObserver(again).observe(canvas);
  const stop = onScheme(() => (canvas.isConnected ? again() : stop()));
}

/** The player of a sound. */
export function soundElement(data: SoundData, site: Site): HTMLElement {
  const audio = element("audio", { controls: true, preload: "none", src: site.url(data.sound), "aria-label": data.label });
  const box = element("div", { class: "sound" }, audio);
  dressSound(audio, data.peaks);
  return box;
}
