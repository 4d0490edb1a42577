import { expect, test } from "vitest";
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
