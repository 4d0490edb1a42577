import { expect, test } from "vitest";
import { generateToken } from "#core/tokens.ts";
import { seal, sealerWith, unseal } from "./sealer.ts";

const token = generateToken("lk", "mgt");

test("sealed text can be read again with the same token", () => {
  expect(unseal(seal("größer", token, "a"), token, "a")).toBe("größer");
});

test("sealed text can't be read with another token, in another place, or after a change", () => {
  const sealed = seal("lk_live_…", token, "a");
  expect(() => unseal(sealed, generateToken("lk", "mgt"), "a")).toThrow();
  expect(() => unseal(sealed, token, "b")).toThrow();
  const bytes = Buffer.from(sealed, "base64url");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => unseal(bytes.toString("base64url"), token, "a")).toThrow();
});

test("the same text is sealed differently each time", () => {
  expect(seal("x", token, "a")).not.toBe(seal("x", token, "a"));
});

test("a sealer opens what an accepted secret sealed, and reseals it with the current one", () => {
  const sealed = sealerWith("former").seal("whsec_1", "a");
  const both = sealerWith("current", ["unrelated", "former"]);
  expect(both.unseal(sealed, "a")).toBe("whsec_1");
  const resealed = both.reseal(sealed, "a") ?? "";
  expect(sealerWith("current").unseal(resealed, "a")).toBe("whsec_1");
  expect(both.reseal(resealed, "a")).toBeNull();
  expect(() => both.reseal(sealed, "b")).toThrow();
  expect(() => sealerWith("current").unseal(sealed, "a")).toThrow();
});
