import { expect, test } from "vitest";
import { replacedVersions } from "./replaced-versions.ts";

const at = (version: number, appliesAt: string) => ({ version, appliesAt });

test("a planned version that was replaced before it began never takes effect", () => {
  const versions = [
    at(4, "2026-12-01T00:00:00.000Z"),
    at(3, "2026-11-20T00:00:00.000Z"),
    at(2, "2026-12-01T00:00:00.000Z"),
    at(1, "2026-11-01T00:00:00.000Z"),
  ];
  expect([...replacedVersions(versions)]).toEqual([2]);
});

test("versions that follow each other all take effect, and of two for the same time the later one", () => {
  expect(replacedVersions([at(2, "2026-12-01T00:00:00.000Z"), at(1, "2026-11-01T00:00:00.000Z")]).size).toBe(
    0,
  );
  const same = "2026-12-01T00:00:00.000Z";
  expect([...replacedVersions([at(3, same), at(2, same), at(1, "2026-11-01T00:00:00.000Z")])]).toEqual([2]);
});
