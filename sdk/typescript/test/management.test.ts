import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";
import { createManagementClient, listAll } from "../src/management.ts";
import { deployment } from "./deployment.ts";

const { portalUrl, managementToken, projectId, secrets } = deployment();
const management = createManagementClient({ url: portalUrl, token: managementToken });

test("a key is created, listed and revoked by the management API", async () => {
  const path = { projectId };
  const created = await management.POST("/api/v1/projects/{projectId}/keys", {
    params: { path },
    body: { name: "from the SDK", environment: "test" },
  });
  expect(created.error).toBeUndefined();
  const id = created.data?.key.id ?? "";
  expect(created.data?.secret).toMatch(/^lk_test_/);
  const names: string[] = [];
  for await (const key of listAll((cursor) =>
    management.GET("/api/v1/projects/{projectId}/keys", { params: { path, query: { limit: 2, cursor } } }),
  )) {
    names.push(key.name);
  }
  expect(names).toContain("from the SDK");
  expect(names.length).toBeGreaterThanOrEqual(Object.keys(secrets).length);
  const revoked = await management.DELETE("/api/v1/projects/{projectId}/keys/{keyId}", {
    params: { path: { projectId, keyId: id } },
  });
  expect(revoked.response.ok).toBe(true);
});

test("an error is a typed problem", async () => {
  const { error, response } = await management.GET("/api/v1/projects/{projectId}", {
    params: { path: { projectId: "prj_unknown" } },
  });
  expect([response.status, error?.status]).toEqual([404, 404]);
});

/** A client of a portal that answers like this. */
async function clientOf(listener: RequestListener, timeoutMs?: number) {
  const server = createServer(listener);
  onTestFinished(() => void server.close().closeAllConnections());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return createManagementClient({ url, token: "lk_mgt_test", ...(timeoutMs !== undefined && { timeoutMs }) });
}

test("a redirect is not followed, so that no other server gets the token", async () => {
  const paths: (string | undefined)[] = [];
  const client = await clientOf((request, response) => {
    paths.push(request.url);
    response.writeHead(307, { Location: "/elsewhere" }).end();
  });
  await expect(client.GET("/api/v1/projects")).rejects.toThrow("redirects to /elsewhere");
  expect(paths).toEqual(["/api/v1/projects"]);
});

test.each([200, 500])(
  "an answer without end is not read to its end: %i",
  async (status) => {
    let sent = 0;
    const client = await clientOf((_, response) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      const chunk = Buffer.alloc(1_048_576, " ");
      const send = () => {
        sent += chunk.length;
        response.write(chunk, (error) => !error && send());
      };
      send();
    });
    await expect(client.GET("/api/v1/projects")).rejects.toThrow("The response is too large.");
    expect(sent).toBeLessThan(100 * 1_048_576);
  },
  60_000,
);

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Answers with spaces without end, while garbage is collected. */
const dripping: RequestListener = (_, response) => {
  response.writeHead(200, { "Content-Type": "application/json" });
  const timer = setInterval(() => {
    response.write(" ");
    collectGarbage();
  }, 20);
  response.on("close", () => clearInterval(timer));
};

test("the timeout covers an answer that is sent slowly", async () => {
  const client = await clientOf(dripping, 200);
  await expect(client.GET("/api/v1/projects")).rejects.toThrow("no answer in time");
});

test("a stream ends when its caller aborts it", async () => {
  const client = await clientOf(dripping);
  const controller = new AbortController();
  const { data } = await client.GET("/api/v1/projects", { parseAs: "stream", signal: controller.signal });
  const read = expect(new Response(data).text()).rejects.toThrow("enough");
  setTimeout(() => controller.abort(new Error("enough")), 200);
  await read;
});

test("the timeout holds for a fetch that ignores its signal", async () => {
  const client = createManagementClient({
    url: "http://portal.example",
    token: "lk_mgt_test",
    timeoutMs: 50,
    fetch: () => new Promise(() => {}),
  });
  await expect(client.GET("/api/v1/projects")).rejects.toThrow("no answer in time");
});

test("a stream is neither bounded nor timed", async () => {
  const chunk = Buffer.alloc(1_048_576, " ");
  const client = await clientOf(async (_, response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    for (let sent = 0; sent < 70; sent++) {
      if (!response.write(chunk)) await once(response, "drain");
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
    response.end(chunk);
  }, 100);
  const { data } = await client.GET("/api/v1/projects", { parseAs: "stream" });
  const { byteLength } = await new Response(data).arrayBuffer();
  expect(byteLength).toBe(71 * chunk.length);
});

test.each([
  [{ url: "keys.example.com", token: "t" }, "not an http or https URL"],
  [{ url: "https://keys.example.com", token: "" }, "management token"],
  [{ url: "https://keys.example.com", token: "lk_mgt_\u2026" }, "character"],
])("options %j are rejected when the client is created", (options, message) => {
  expect(() => createManagementClient(options)).toThrow(message);
});
