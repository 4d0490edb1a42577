import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { Webhook } from "standardwebhooks";
import { expect } from "vitest";
import type { Receiver } from "../receiver.ts";
import type { Operator } from "./operator.ts";
import { type Keys, type One, POLL, service, startOne } from "./site.ts";

interface Rotated {
  project: string;
  keys: Keys;
  webhook: { webhook: { id: string }; secret: string };
  /** Gets the webhook's events. */
  receiver: Receiver;
}

/** Rotates every secret of an installation, and shows that the new one works and the old one does not. */
export async function rotateSecrets(
  operator: Operator,
  one: One,
  { project, keys, webhook, receiver }: Rotated,
): Promise<One> {
  const call = (method: string, path: string, body?: unknown) => operator.call(one.url, method, path, body);
  // The secret of a key: the old one works until its overlap ends.
  const old = keys.plain;
  const rotated = await call("POST", `/projects/${project}/keys/${keys.plainId}/rotate`, {
    overlapSeconds: 3_600,
  });
  keys.plain = rotated.secret;
  for (const secret of [old, keys.plain])
    await expect.poll(() => service.verify(one.verifier, secret), POLL).toBe("VALID");
  const former = rotated.key.secrets.find(({ lapsesAt }: { lapsesAt: string | null }) => lapsesAt !== null);
  await call("DELETE", `/projects/${project}/keys/${keys.plainId}/secrets/${former.id}`);
  await expect.poll(() => service.verify(one.verifier, old), POLL).not.toBe("VALID");

  // The service's token.
  const { items: tokens } = await call("GET", "/admin/service-tokens");
  const oldToken = service.token;
  const next = await call("POST", `/admin/service-tokens/${tokens[0].id}/rotate`, { overlapSeconds: 3_600 });
  service.token = next.token;
  await expect.poll(() => service.verify(one.verifier, keys.plain), POLL).toBe("VALID");
  await call("DELETE", `/admin/service-tokens/${tokens[0].id}/older`);
  const withOldToken = () =>
    fetch(`${one.verifier}/api/v1/keys/verify`, {
      method: "POST",
      headers: { authorization: `Bearer ${oldToken}`, "content-type": "application/json" },
      body: JSON.stringify({ key: keys.plain, api: "badges" }),
    }).then(({ status }) => status);
  await expect.poll(withOldToken, POLL).toBe(401);

  // The management token: a second one, then the first is revoked.
  const { items: own } = await call("GET", "/me/tokens");
  operator.token = await operator.run([
    "token",
    "create",
    "--user",
    "ada@example.com",
    "--name",
    "terraform 2",
  ]);
  await call("DELETE", `/me/tokens/${own[0].id}`);

  // The signing secret of the webhook, and the auth secret that seals it.
  const hook = `/projects/${project}/webhooks/${webhook.webhook.id}`;
  await expectSigned({ operator, receiver }, one, hook, webhook.secret);
  const { secret: signingSecret } = await call("POST", `${hook}/rotate-secret`);
  await expectSigned({ operator, receiver }, one, hook, signingSecret);
  const dataDir = operator.settings.LATCHKEY_DATA_DIR ?? "";
  const before = await readFile(join(dataDir, "auth-secret"), "utf8");
  const accessToken = await service.exchange(one.verifier, keys.plain);
  await operator.run(["auth-secret", "rotate"]);
  operator.settings.LATCHKEY_METRICS_TOKEN = "second-metrics-token-0123456789";
  await one.stop();
  await rm(join(dataDir, "signing-secret"));
  let again = await startOne(operator);
  await operator.run(["auth-secret", "reseal"]);
  await operator.run(["auth-secret", "forget", "--now"]);
  await again.stop();
  again = await startOne(operator);
  expect(await readFile(join(dataDir, "auth-secret"), "utf8")).not.toBe(before);
  await expectSigned({ operator, receiver }, again, hook, signingSecret);
  await expectBothVerify(again, accessToken, await service.exchange(again.verifier, keys.plain));
  return again;
}

/** Access tokens of the former and of the new signing key are both valid until they expire. */
async function expectBothVerify({ url }: One, former: string, current: string): Promise<void> {
  const published = createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`));
  // On a busy machine, the former one may have expired meanwhile.
  for (const token of [former, current])
    await jwtVerify(token, published, { audience: "badges", clockTolerance: "3 h" });
  expect(decodeProtectedHeader(current).kid).not.toBe(decodeProtectedHeader(former).kid);
}

/** A test event arrives, signed with this secret. */
async function expectSigned(
  { operator, receiver }: { operator: Operator; receiver: Receiver },
  one: One,
  hook: string,
  secret: string,
): Promise<void> {
  const seen = receiver.received.length;
  await operator.call(one.url, "POST", `${hook}/test`);
  await expect.poll(() => receiver.received.length, POLL).toBeGreaterThan(seen);
  const last = receiver.received.at(-1);
  expect(() => new Webhook(secret).verify(last?.body ?? "", last?.headers ?? {})).not.toThrow();
}
