import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFiles } from "#test/open-files.ts";
import { acquireLease, claimAbandonedDirectories } from "./lease.ts";
import { finishedSegments } from "./segments.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "latchkey-lease-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test("the directory of a live process is not taken over, and that of a dead one goes to one process", async () => {
  const [a, b, dying] = await Promise.all(["a", "b", "dying"].map((id) => acquireLease(root, id)));
  if (!a || !b || !dying) throw new Error("no lease");
  await writeFile(join(b.dir, "seg_b.open"), "");
  await writeFile(join(dying.dir, "seg_1.open"), "");
  await writeFile(join(dying.dir, "seg_2.closed"), "");
  await dying.release();
  await Promise.all([claimAbandonedDirectories(root, a.dir), claimAbandonedDirectories(root, b.dir)]);
  const [ofA, ofB] = await Promise.all([finishedSegments(a.dir), finishedSegments(b.dir)]);
  expect([...ofA, ...ofB].map(({ id }) => id).sort()).toEqual(["seg_1", "seg_2"]);
  expect(ofA.length === 0 || ofB.length === 0).toBe(true);
  expect(await readdir(b.dir)).toContain("seg_b.open");
  await Promise.all([a.release(), b.release()]);
});

test("a path too long for a socket works, even when it is spelled differently", async () => {
  const deep = join(root, "d".repeat(90));
  await mkdir(deep);
  const [own, other] = [await acquireLease(deep, "own"), await acquireLease(deep, "other")];
  await claimAbandonedDirectories(deep, own.dir);
  const short = join(root, "s");
  await symlink(deep, short);
  await claimAbandonedDirectories(short, join(short, "own"));
  expect(await readdir(deep)).toContain("other");
  await other.release();
  await claimAbandonedDirectories(deep, own.dir);
  expect(await readdir(deep)).not.toContain("other");
  await own.release();
});

test("a lease that can't be acquired leaves nothing behind", async () => {
  const before = await openFiles();
  await mkdir(join(root, "own", "in the way"), { recursive: true });
  await expect(acquireLease(root, "own")).rejects.toThrow();
  expect(await readdir(root)).toEqual(["own"]);
  const deep = join(root, "d".repeat(90));
  await mkdir(join(deep, "own", "in the way"), { recursive: true });
  await expect(acquireLease(deep, "own")).rejects.toThrow();
  expect(await readdir(deep)).toEqual(["own"]);
  await expect.poll(openFiles).toEqual(before);
});
