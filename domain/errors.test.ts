import { expect, test } from "vitest";
import { DomainError, nullOnDomainError } from "./errors.ts";

test("a broken rule gives null; any other error is not taken for one", async () => {
  expect(await nullOnDomainError(Promise.resolve(1))).toBe(1);
  expect(await nullOnDomainError(Promise.reject(new DomainError("not-found", "no")))).toBeNull();
  await expect(nullOnDomainError(Promise.reject(new Error("gone")))).rejects.toThrow("gone");
});
