import { mkdtempSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Journal } from "./journal.ts";

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-journal-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const files = () => readdirSync(dir).map((name) => name.slice(name.indexOf(".")));
const text = () =>
  readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), "utf8"))
    .join("");

test("an answer is sent only after its line is in the file, and one event loop iteration writes once", async () => {
  let writes = 0;
  const write = (fd: number, data: Buffer, offset: number, length: number, position: number) => {
    writes++;
    return writeSync(fd, data, offset, length, position);
  };
  const journal = new Journal(dir, { write });
  const seen = await Promise.all(
    ["a\n", "b\n", "c\n"].map(
      (line) =>
        new Promise<string>((resolve) =>
          journal.append(line, (ok) => resolve(`${ok} ${text().includes(line)}`)),
        ),
    ),
  );
  expect(seen).toEqual(Array(3).fill("true true"));
  expect(writes).toBe(1);
});

test("a segment is closed on request, and a full one before the next write", () => {
  const journal = new Journal(dir);
  journal.append("a\n", () => {});
  expect(journal.rotate()).toBe(true);
  expect(files()).toEqual([".closed"]);
  journal.append(`${"x".repeat(13_000_000)}\n`, () => {});
  journal.flush();
  journal.append("b\n", () => {});
  journal.flush();
  expect(files().sort()).toEqual([".closed", ".closed", ".open"]);
});

test("on a full disk no answer is sent, nothing partial is kept, and the journal recovers without a restart", () => {
  let remaining = 5;
  const write = (fd: number, data: Buffer, offset: number, length: number, position: number) => {
    if (remaining === 0) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    const taken = Math.min(remaining, length);
    remaining -= taken;
    return writeSync(fd, data, offset, taken, position);
  };
  const journal = new Journal(dir, { write });
  const answered: boolean[] = [];
  const append = (line: string) => {
    journal.append(line, (ok) => answered.push(ok));
    journal.flush();
  };
  append("abc\n");
  append("defgh\n");
  expect(answered).toEqual([true, false]);
  expect(text()).toBe("abc\n");
  expect(journal.healthy).toBe(false);
  journal.probe();
  expect(journal.healthy).toBe(false);
  remaining = 1_000_000;
  journal.probe();
  expect(journal.healthy).toBe(true);
  append("ijk\n");
  expect(answered).toEqual([true, false, true]);
  expect(text()).toBe("abc\nijk\n");
});

test("a journal at its maximum writes nothing until a part of it is counted", () => {
  const journal = new Journal(dir, { maxBytes: 1_000_000 });
  const results: boolean[] = [];
  const append = (bytes: number) => {
    journal.append(`${"x".repeat(bytes - 1)}\n`, (ok) => results.push(ok));
    journal.flush();
  };
  append(900_000);
  append(200_000);
  append(1);
  expect(results).toEqual([true, true, false]);
  expect([journal.healthy, journal.isFull, text().length]).toEqual([false, true, 1_100_000]);
  // Counted: all but 960,000 bytes, and then all but 900,000.
  journal.setUncounted(960_000, 1_100_000);
  journal.probe();
  expect(journal.healthy).toBe(false);
  journal.setUncounted(900_000, 1_100_000);
  journal.probe();
  append(1);
  expect([journal.healthy, results.at(-1)]).toEqual([true, true]);
});
