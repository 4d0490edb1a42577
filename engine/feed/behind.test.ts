import { expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { endSecret } from "#domain/keys/end-secret.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { openTestDb } from "#test/db.ts";
import {
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  START,
} from "#test/people.ts";
import { startTraffic } from "#test/traffic.ts";

test("an ended secret stops working at once, even in a verifier whose clock is an hour slow", async () => {
  const db = await openTestDb();
  const admin = await makeAdmin(db);
  const ctx = ctxOf(db, admin, { clock: makeClock(START + HOUR_MS) });
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  const checks = await startTraffic(db, makeClock(START));
  try {
    const { key, secret: first } = await makeKey(ctx, projectId);
    const codeOf = (secret: string) => checks.send({ key: secret, api: "badges" });
    expect(await codeOf(first)).toBe("VALID");
    const ref = { projectId, keyId: key.id };
    const { secret: second } = await rotateKey({ ctx, input: { ...ref, overlapSeconds: 0 } });
    await expect.poll(() => codeOf(first)).toBe("KEY_ROTATED");
    const { key: rotated, secret: third } = await rotateKey({ ctx, input: { ...ref, overlapSeconds: 60 } });
    const older = rotated.secrets.find(({ lapsesAt }) => lapsesAt !== null);
    // Within its overlap it works, by either clock.
    expect([await codeOf(second), await codeOf(third)]).toEqual(["VALID", "VALID"]);
    await endSecret({ ctx, input: { ...ref, secretId: older?.id ?? "" } });
    await expect.poll(() => codeOf(second)).toBe("KEY_ROTATED");
    expect(await codeOf(third)).toBe("VALID");
  } finally {
    await checks.end();
  }
});
