import { expect, test } from "vitest";
import { barPath, barsOf } from "./bars.ts";

const layer = (id: string, counts: number[]) => ({ id, color: "red", counts });

test("layers are stacked: the first at the bottom, and the highest sum reaches the top", () => {
  const [valid, denied] = barsOf([layer("valid", [30, 0]), layer("denied", [10, 20])], {
    max: 40,
    height: 100,
  });
  expect(valid?.bars).toEqual([{ index: 0, x: 0.1, width: 0.8, y: 25, height: 75 }]);
  expect(denied?.bars).toEqual([
    { index: 0, x: 0.1, width: 0.8, y: 0, height: 25 },
    { index: 1, x: 1.1, width: 0.8, y: 50, height: 50 },
  ]);
});

test("a bucket without requests has no bar", () => {
  expect(barsOf([layer("valid", [0, 0])], { max: 1, height: 100 })[0]?.bars).toEqual([]);
});

test("one path draws all bars of a layer", () => {
  const [valid] = barsOf([layer("valid", [1, 2])], { max: 2, height: 10 });
  expect(barPath(valid?.bars ?? [])).toBe("M0.1 5h0.8v5h-0.8zM1.1 0h0.8v10h-0.8z");
});
