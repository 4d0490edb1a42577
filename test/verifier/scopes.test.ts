import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createServiceToken } from "#domain/access/service-tokens/create.ts";
import { createApi } from "#domain/catalog/apis/create.ts";
import { createApiSchema, updateApiSchema } from "#domain/catalog/apis/schema.ts";
import { updateApi } from "#domain/catalog/apis/update.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import { importKeysSchema } from "#domain/keys/import/schema.ts";
import { updateKeySchema } from "#domain/keys/schema.ts";
import { updateKey } from "#domain/keys/update.ts";
import { storeFirstUses } from "#engine/imports/first-uses.ts";
import { hashedTokens, OLD_SHAPE } from "#test/imported-hashes.ts";
import { makeKey } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";
import { LocalVerifier } from "../../sdk/typescript/src/local/local-verifier.ts";

/** An API whose document says what its operations need. */
const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Shop" },
  servers: [{ url: "https://shop.example.com/v1" }],
  security: [{ oauth: ["shop:read"] }, { oauth: ["shop:write"] }],
  components: {
    securitySchemes: {
      oauth: {
        type: "oauth2",
        flows: {
          clientCredentials: { tokenUrl: "/t", scopes: { "shop:read": "Read", "shop:write": "Write" } },
        },
      },
    },
  },
  paths: {
    "/items": {
      get: { operationId: "items.list" },
      post: { operationId: "items.create", security: [{ oauth: ["shop:write"] }] },
    },
    "/ping": { post: { operationId: "ping", security: [{}] } },
  },
};
const ALL = ["shop:read", "shop:write"];

let verifier: TestVerifier;
let local: LocalVerifier;
let token: string;

beforeEach(async () => {
  verifier = await startTestVerifier({ isRealTime: true });
  const { ctx, projectId } = verifier;
  await createApi({ ctx, input: createApiSchema.parse({ slug: "shop", openapi: DOCUMENT }) });
  await enableApi({ ctx, input: { projectId, slug: "shop" } });
  const input = { name: "shop", api: "shop", trustedProxies: [], localVerification: true };
  ({ token } = await createServiceToken({ ctx, input }));
  local = await LocalVerifier.start({
    urls: [verifier.url],
    token,
    maxBytes: 1_048_576,
    waitMs: 5_000,
    fetch,
    onError: () => {},
  });
  await expect.poll(() => local.isReady).toBe(true);
});
afterEach(async () => {
  await local.close();
  await verifier.stop();
});

interface Call {
  method: string;
  path: string;
  requiredScopes?: string[];
}

/** The verdicts of a verifier, of a batch, of the gate and of a service on one call. */
async function verdictsOn(key: string, call: Call) {
  const check = { key, api: "shop", ...call };
  const single = await (await verifier.post(check, { token })).json();
  const batch = await (await verifier.post({ checks: [check] }, { token, path: "/batch" })).json();
  let own = await local.verify(check);
  await expect
    .poll(async () => {
      own ??= await local.verify(check);
      return own;
    })
    .not.toBeNull();
  const gate = await fetch(`${verifier.url}/api/v1/gate/envoy/shop${call.path}`, {
    method: call.method,
    headers: { "X-Latchkey-Token": token, "X-Api-Key": key, "X-Latchkey-Scopes": "forged" },
  });
  return { single, batch: batch.verdicts[0], own, gate };
}

async function keyWith(scopes: string[] | undefined, more: object = {}) {
  const apis = [{ api: "shop", operations: [], ...(scopes && { scopes }) }];
  return makeKey(verifier.ctx, verifier.projectId, { restrictions: { apis }, ...more });
}

const LIST = { method: "GET", path: "/items" };
const CREATE = { method: "POST", path: "/items" };

/** Waits until the verifier and the service have both learned of a change. */
async function untilAll(key: string, call: Call, code: string) {
  await expect
    .poll(async () => {
      const { single, batch, own } = await verdictsOn(key, call);
      return [single, batch, own].map((verdict) => verdict?.code);
    })
    .toEqual([code, code, code]);
}

async function expectAlike(key: string, call: Call, code: string, scopes: string[] = []) {
  const { single, batch, own, gate } = await verdictsOn(key, call);
  const facts = code === "VALID" ? { code, scopes } : { code };
  for (const verdict of [single, batch, own]) expect(verdict).toMatchObject(facts);
  expect(gate.headers.get("x-latchkey-code")).toBe(code);
  expect(gate.headers.get("x-latchkey-scopes")).toBe(code === "VALID" ? scopes.join(" ") : null);
  expect(gate.status).toBe(code === "VALID" ? 200 : 403);
  return single;
}

describe("a verifier, its batches, its gate and a service that verifies keys itself", () => {
  test("let a read-only key read and deny it every write", async () => {
    const { secret } = await keyWith(["shop:read"]);
    await expectAlike(secret, LIST, "VALID", ["shop:read"]);
    await expectAlike(secret, { method: "POST", path: "/ping" }, "VALID", ["shop:read"]);
    const denied = await expectAlike(secret, CREATE, "SCOPE_NOT_GRANTED");
    expect(denied).toMatchObject({
      message: expect.stringContaining("“shop:write”"),
      observed: { operation: "items.create", requiredScopes: "shop:write", missingScopes: "shop:write" },
    });
    // What the document does not list could be a write: a router may read the path differently.
    for (const path of ["/items/", "/items;x=1", "/ITEMS", "/items/7", "/v1/items%2f"]) {
      for (const method of ["POST", "DELETE", "PUT"]) {
        await expectAlike(secret, { method, path }, "SCOPE_NOT_GRANTED");
      }
    }
  });

  test("let an imported read-only key read and deny it every write, before and after its first use", async () => {
    const { ctx, projectId } = verifier;
    const tokens = (["sha256", "sha512", "bcrypt"] as const).map(
      (algorithm) => hashedTokens(algorithm, 1)[0],
    );
    const restrictions = { apis: [{ api: "shop", operations: [], scopes: ["shop:read"] }] };
    const keys = tokens.map((each) => ({ name: "old", environment: "live", hash: each?.hash, restrictions }));
    const input = importKeysSchema.parse({ projectId, shape: OLD_SHAPE, keys });
    expect((await importKeys({ ctx, input })).created).toBe(tokens.length);
    for (const each of tokens) {
      const key = each?.token ?? "";
      const codeOf = async (call: Call) =>
        (await (await verifier.post({ key, api: "shop", ...call }, { token })).json()).code;
      await expect.poll(() => codeOf(LIST)).toBe("VALID");
      expect(await codeOf(CREATE)).toBe("SCOPE_NOT_GRANTED");
      await expect.poll(() => local.verify({ key, api: "shop", ...CREATE })).toBeNull();
      await storeFirstUses(verifier.db, verifier.engine.imports.takeFirstUses(), Date.now());
      await expectAlike(key, LIST, "VALID", ["shop:read"]);
      await expectAlike(key, CREATE, "SCOPE_NOT_GRANTED");
    }
  });

  test("let a key without a list do everything, with all scopes of the API", async () => {
    for (const { secret } of [await keyWith(undefined), await makeKey(verifier.ctx, verifier.projectId)]) {
      for (const call of [LIST, CREATE, { method: "DELETE", path: "/items/7" }]) {
        await expectAlike(secret, call, "VALID", ALL);
      }
    }
  });

  test("follow a change of the key and of the API", async () => {
    const { ctx, projectId } = verifier;
    const { key, secret } = await keyWith(["shop:read"]);
    await expectAlike(secret, CREATE, "SCOPE_NOT_GRANTED");
    const restrictions = { apis: [{ api: "shop", operations: [], scopes: ["shop:write"] }] };
    const input = updateKeySchema.parse({ projectId, keyId: key.id, restrictions });
    await updateKey({ ctx, input });
    await untilAll(secret, CREATE, "VALID");
    await expectAlike(secret, CREATE, "VALID", ["shop:write"]);
    const openapi = structuredClone(DOCUMENT);
    openapi.paths["/items"].post.security = [{ oauth: ["shop:admin"] }];
    await updateApi({ ctx, input: updateApiSchema.parse({ slug: "shop", openapi }) });
    await untilAll(secret, CREATE, "SCOPE_NOT_GRANTED");
    await expectAlike(secret, CREATE, "SCOPE_NOT_GRANTED");
    await expectAlike(secret, LIST, "VALID", ["shop:write"]);
  });
});

describe("scopes that a service requires", () => {
  const codeOf = async (key: string, requiredScopes: unknown, more: object = {}) => {
    const check = { key, api: "shop", ...more, requiredScopes };
    return (await (await verifier.post(check, { token })).json()).code ?? "400";
  };

  test("are needed besides those of the operation, and alone without one", async () => {
    const [reading, all] = [(await keyWith(["shop:read"])).secret, (await keyWith(undefined)).secret];
    const read = { operation: "items.list" };
    expect(await codeOf(reading, ["shop:read"], read)).toBe("VALID");
    expect(await codeOf(reading, ["shop:write"], read)).toBe("SCOPE_NOT_GRANTED");
    expect(await codeOf(reading, ["shop:read"], { operation: "items.create" })).toBe("SCOPE_NOT_GRANTED");
    expect(await codeOf(reading, ["shop:read"])).toBe("VALID");
    expect(await codeOf(reading, undefined)).toBe("SCOPE_NOT_GRANTED");
    for (const none of [null, "", []]) expect(await codeOf(reading, none)).toBe("SCOPE_NOT_GRANTED");
    expect(await codeOf(all, ["shop:write", "anything"], read)).toBe("VALID");
  });

  test("must be a list of scopes: anything else is the service's mistake", async () => {
    const { secret } = await keyWith(["shop:read"]);
    for (const wrong of [
      "shop:read",
      ["shop:read shop:write"],
      [""],
      [7],
      [null],
      { 0: "shop:read" },
      [["shop:read"]],
      Array.from({ length: 51 }, (_, n) => `s${n}`),
      ["x".repeat(201)],
      ["shöp"],
    ]) {
      const response = await verifier.post({ key: secret, api: "shop", requiredScopes: wrong }, { token });
      expect(response.status, JSON.stringify(wrong)).toBe(400);
      expect(await local.verify({ key: secret, api: "shop", requiredScopes: wrong as string[] })).toBeNull();
    }
  });
});

test("report-only scopes are counted and not enforced", async () => {
  const { secret } = await keyWith(undefined, {
    trial: { apis: [{ api: "shop", operations: [], scopes: ["shop:read"] }] },
  });
  const recorded = vi.spyOn(verifier.engine, "recordAll");
  const check = { key: secret, api: "shop", ...CREATE };
  expect(await (await verifier.post(check, { token })).json()).toMatchObject({ code: "VALID", scopes: ALL });
  expect(recorded.mock.lastCall?.[0][0]?.trial?.reason).toMatchObject({
    code: "SCOPE_NOT_GRANTED",
    observed: { missingScopes: "shop:write" },
  });
});
