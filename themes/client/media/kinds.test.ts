import { describe, expect, it } from "vitest";
import { pointColours } from "./cloud";
import { CLASSES, channels, maskTables } from "./mask";
import { FIRST_LOOK, extentOf, seer, turned, zoomed } from "./turn";

const PALETTE = ["#ff0000", "#00ff00", "#0000ff"];

describe("maskTables", () => {
  it("give each class the colour of its number, and hide the background and what is switched off", () => {
    const { red, green, blue, alpha } = maskTables([[1, "road"], [2, "car"]], (id) => id !== 2, PALETTE);
    expect([red.length, alpha.length]).toEqual([CLASSES, CLASSES]);
    expect([red[1], green[1], blue[1]]).toEqual([0, 1, 0]);
    expect([red[3], green[3], blue[3]]).toEqual([1, 0, 0]);
    expect(alpha[0]).toBe(0);
    expect(alpha[1]).toBeGreaterThan(0);
    expect(alpha[2]).toBe(0);
    // A class without a name is still seen.
    expect(alpha[200]).toBe(alpha[1]);
  });

  it("show class 0 when it has a name", () => {
    expect(maskTables([[0, "sky"]], () => true, PALETTE).alpha[0]).toBeGreaterThan(0);
  });

  it("read the colours of the style sheet", () => {
    expect(channels(" #0072B2 ").map((part) => Math.round(part * 255))).toEqual([0, 114, 178]);
    expect(channels("blue")).toEqual([0.5, 0.5, 0.5]);
  });
});

describe("a look at points", () => {
  const extent = extentOf([[0, 0, 0], [2, 2, 2]]);
  const seen = (look: typeof FIRST_LOOK, point: [number, number, number]) => {
    const out = new Float64Array(3);
    seer(extent, look)(...point, out);
    return [...out].map((value) => Math.round(value * 1000) / 1000 + 0);
  };

  it("has the middle in the middle and everything within a radius", () => {
    expect(extent.middle).toEqual([1, 1, 1]);
    expect(extent.radius).toBeCloseTo(Math.sqrt(3));
    expect(seen(FIRST_LOOK, [1, 1, 1])).toEqual([0, 0, 0]);
    const [x = 9, y = 9] = seen({ ...FIRST_LOOK, zoom: 1 }, [2, 2, 2]);
    expect(Math.hypot(x, y)).toBeLessThanOrEqual(1);
  });

  it("from the side has up above and what is ahead nearer", () => {
    const side = { azimuth: 0, elevation: 0, zoom: 1 };
    const [x, y, far] = seen(side, [1, 1, 2]);
    expect([x, far]).toEqual([0, 0]);
    expect(y).toBeLessThan(0);
    expect(seen(side, [2, 1, 1])[2]).toBeLessThan(seen(side, [0, 1, 1])[2] as number);
    expect(seen(side, [1, 2, 1])[0]).toBeGreaterThan(0);
  });

  it("never turns over the top or zooms to nothing", () => {
    expect(turned(FIRST_LOOK, 0, 100).elevation).toBe(Math.PI / 2);
    expect(zoomed(FIRST_LOOK, 1e-9).zoom).toBe(0.2);
    expect(extentOf([]).radius).toBe(1);
    expect(extentOf([[5, 5, 5]]).radius).toBe(1);
  });
});

describe("pointColours", () => {
  it("are the point's own, its category's, or by height", () => {
    const points = [[0, 0, 0, 10, 20, 30], [0, 0, 0, 2], [0, 0, 0], [0, 0, 4]];
    const colours = pointColours(points, extentOf(points), [...PALETTE, "#000000", "#ffffff"]);
    expect([...colours]).toEqual([10, 20, 30, 0, 255, 0, 255, 0, 0, 255, 255, 255]);
  });
});
