import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { generateToken } from "../../../core/tokens.ts";
import { SecretIndex } from "../src/local/secret-index.ts";

const hashOf = (text: string) => hash("sha256", text);

test("a secret is found by exactly its text, until it is deleted", () => {
  const index = new SecretIndex<number>();
  const secrets = Array.from({ length: 200 }, () => generateToken("lk", "test"));
  for (const [n, secret] of secrets.entries()) index.add(hashOf(secret), n, 0);
  for (const [n, secret] of secrets.entries()) {
    expect(index.find(secret)).toMatchObject({ known: n, hash: hashOf(secret) });
    for (const other of [secret.slice(0, -1), `${secret} `, secret.toLowerCase(), secret.replace("lk", "LK")])
      expect(index.find(other)).toBeUndefined();
  }
  for (const secret of secrets) {
    index.delete(hashOf(secret));
    expect(index.find(secret)).toBeUndefined();
  }
  expect(index.size).toBe(0);
});

test("of two secrets whose SHA-256 begin with the same word, only the last is found", () => {
  const [first, last] = equalBeginnings();
  const index = new SecretIndex<string>();
  index.add(hashOf(first), "first", 0);
  expect(index.find(last)).toBeUndefined();
  index.add(hashOf(last), "last", 0);
  expect(index.find(first)).toBeUndefined();
  index.delete(hashOf(first));
  expect(index.find(last)).toMatchObject({ known: "last" });
});

/** Two texts whose SHA-256 begin with the same 32 bits. */
function equalBeginnings(): [string, string] {
  const seen = new Map<string, string>();
  for (let n = 0; ; n++) {
    const text = `secret ${n}`;
    const word = hashOf(text).slice(0, 8);
    const other = seen.get(word);
    if (other !== undefined) return [other, text];
    seen.set(word, text);
  }
}
