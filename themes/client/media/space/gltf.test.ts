import { describe, expect, it } from "vitest";
import { NO_PICTURE, parts, withoutAddresses } from "./gltf";

function file(tree: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(tree));
}

function inside(tree: object): { json: Record<string, unknown>; binary: number[] } {
  const { json, binary } = parts(new Uint8Array(withoutAddresses(file(tree))));
  return { json: json as Record<string, unknown>, binary: [...(binary ?? [])] };
}

const data = (bytes: number[]) => `data:application/octet-stream;base64,${btoa(String.fromCharCode(...bytes))}`;

describe("withoutAddresses", () => {
  it("gathers buffers that are written into the JSON, and moves what looks into them", () => {
    const { json, binary } = inside({
      buffers: [{ byteLength: 3, uri: data([1, 2, 3]) }, { byteLength: 2, uri: data([8, 9]) }],
      bufferViews: [{ buffer: 0 }, { buffer: 1, byteOffset: 1 }],
    });
    expect(binary).toEqual([1, 2, 3, 0, 8, 9, 0, 0]);
    expect(json["buffers"]).toEqual([{ byteLength: 8 }]);
    expect(json["bufferViews"]).toEqual([{ buffer: 0, byteOffset: 0 }, { buffer: 0, byteOffset: 5 }]);
  });

  it("keeps the binary part of a GLB", () => {
    const glb = withoutAddresses(file({ buffers: [{ byteLength: 4, uri: data([4, 3, 2, 1]) }] }));
    const again = parts(new Uint8Array(withoutAddresses(new Uint8Array(glb))));
    expect([...(again.binary ?? [])]).toEqual([4, 3, 2, 1]);
  });

  it("leaves no address of a picture, and says where a shape is missing", () => {
    const { json } = inside({ images: [{ uri: "https://example.org/x.png" }, { uri: "data:image/svg+xml;base64,PHN2Zz4=" }, { bufferView: 0 }] });
    expect(json["images"]).toEqual([{ uri: NO_PICTURE }, { uri: NO_PICTURE }, { bufferView: 0 }]);
    expect(() => inside({ buffers: [{ byteLength: 4, uri: "https://example.org/x.bin" }] })).toThrow("another file");
    expect(() => withoutAddresses(new TextEncoder().encode("no json"))).toThrow();
  });
});
