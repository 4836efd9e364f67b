/**
 * glTF without addresses. A page may fetch nothing, not even a `data:` url, so buffers that are written into the JSON become
 * the one binary part of a GLB, and what lies elsewhere is left out.
 */

interface Gltf {
  buffers?: { uri?: string; byteLength: number }[];
  bufferViews?: { buffer: number; byteOffset?: number }[];
  images?: { uri?: string }[];
}

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const HEAD = 12;
const CHUNK_HEAD = 8;
/** One grey point, in place of a picture that is elsewhere. */
export const NO_PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";

/** The bytes of a text in Base64. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place += 1) bytes[place] = text.charCodeAt(place);
  return bytes;
}

function dataOf(uri: string | undefined): Uint8Array | null {
  const found = /^data:[^,]*;base64,(.*)$/s.exec(uri ?? "");
  return found ? bytesOf(found[1] ?? "") : null;
}

function padded(bytes: Uint8Array, filler: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(filler);
  out.set(bytes);
  return out;
}

/** Splits a GLB into its JSON and its binary part; a file that is JSON has no such part. */
export function parts(file: Uint8Array): { json: Gltf; binary: Uint8Array | null } {
  const words = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const read = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Gltf;
  if (file.length < HEAD || words.getUint32(0, true) !== MAGIC) return { json: read(file), binary: null };
  let json: Gltf = {};
  let binary: Uint8Array | null = null;
  for (let place = HEAD; place + CHUNK_HEAD <= file.length; ) {
    const size = words.getUint32(place, true);
    const kind = words.getUint32(place + 4, true);
    const chunk = file.subarray(place + CHUNK_HEAD, place + CHUNK_HEAD + size);
    if (kind === JSON_CHUNK) json = read(chunk);
    else if (kind === BINARY_CHUNK) binary = chunk;
    place += CHUNK_HEAD + size;
  }
  return { json, binary };
}

/** The file as a GLB that names no address. */
export function withoutAddresses(file: Uint8Array): ArrayBuffer {
  const { json, binary } = parts(file);
  const pieces: Uint8Array[] = [];
  const starts: number[] = [];
  let size = 0;
  for (const [index, buffer] of (json.buffers ?? []).entries()) {
    const bytes = dataOf(buffer.uri) ?? (index === 0 && buffer.uri === undefined ? binary : null);
    if (!bytes) throw new Error("This mesh keeps its shape in another file, which was not logged with it.");
    starts.push(size);
    pieces.push(padded(bytes, 0));
    size += pieces[pieces.length - 1]?.length ?? 0;
  }
  for (const view of json.bufferViews ?? []) {
    view.byteOffset = (view.byteOffset ?? 0) + (starts[view.buffer] ?? 0);
    view.buffer = 0;
  }
  for (const image of json.images ?? []) {
    if (image.uri !== undefined && !/^data:image\/(png|jpeg|webp);base64,/.test(image.uri)) image.uri = NO_PICTURE;
  }
  json.buffers = size ? [{ byteLength: size }] : [];
  return packed(padded(new TextEncoder().encode(JSON.stringify(json)), 0x20), pieces, size);
}

function packed(head: Uint8Array, pieces: readonly Uint8Array[], size: number): ArrayBuffer {
  const length = HEAD + CHUNK_HEAD + head.length + (size ? CHUNK_HEAD + size : 0);
  const out = new Uint8Array(length);
  const words = new DataView(out.buffer);
  [MAGIC, 2, length, head.length, JSON_CHUNK].forEach((word, place) => words.setUint32(place * 4, word, true));
  out.set(head, HEAD + CHUNK_HEAD);
  let place = HEAD + CHUNK_HEAD + head.length;
  if (size) {
    words.setUint32(place, size, true);
    words.setUint32(place + 4, BINARY_CHUNK, true);
    place += CHUNK_HEAD;
  }
  for (const piece of pieces) {
    out.set(piece, place);
    place += piece.length;
  }
  return out.buffer;
}
