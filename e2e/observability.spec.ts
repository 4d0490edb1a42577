import { startReceiver } from "#test/receiver.ts";
import { runStatement } from "#test/run-statement.ts";
import { secretsFoundIn } from "#test/secrets.ts";
import { spansAt } from "#test/spans.ts";
import { startDeployment } from "./deployment.ts";
import { databaseOf, expect, test } from "./fixtures.ts";
import { ADMIN, becomeFirstAdmin, createKey, createProject } from "./steps.ts";

test("actions, API calls and key verifications are traced, a failed page is logged, and no secret is in either", async ({
  page,
  dialect,
}) => {
  const collector = await startReceiver();
  const deployment = await startDeployment({
    demo: false,
    databaseUrl: await databaseOf(dialect),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}`, LOG_LEVEL: "trace" },
  });
  const { portalUrl, databaseUrl } = deployment;
  try {
    await becomeFirstAdmin(page, deployment);
    const projectId = await createProject(page, deployment, "Chat");
    const key = await createKey(page, deployment, projectId, "server");
    const token = (await deployment.cli(["token", "create", "--user", ADMIN.email, "--name", "t"])).trim();
    const options = { headers: { Authorization: `Bearer ${token}` } };
    const called = await page.request.get(`${portalUrl}/api/v1/projects/${projectId}/keys`, options);
    expect(called.status()).toBe(200);
    const checked = await page.request.post(`${portalUrl}/api/v1/keys/verify`, { ...options, data: { key } });
    expect(checked.status()).toBe(401);

    await runStatement(databaseUrl, "alter table keys rename to keys_away");
    const failed = await page.goto(`${portalUrl}/projects/${projectId}/keys`);
    const failedId = failed?.headers()["x-request-id"] ?? "";
    expect(failedId).toMatch(/^req_/);
    const failedCall = await page.request.get(`${portalUrl}/api/v1/projects/${projectId}/keys`, options);
    expect(failedCall.status()).toBe(500);
    const cookies = (await page.context().cookies()).map(({ value }) => value);
    const strangers = await page.request.post(`${portalUrl}/api/auth/_log`, {
      data: { level: "error", code: "written-by-a-stranger" },
    });
    expect(strangers.status()).toBe(404);
    await deployment.stop();
    expect(deployment.output()).not.toContain("written-by-a-stranger");

    const lines = deployment.output().split("\n");
    const { requestId } = await failedCall.json();
    expect(requestId).toBe(failedCall.headers()["x-request-id"]);
    for (const [id, said] of [
      [failedId, "a page failed"],
      [requestId, "a request failed"],
    ]) {
      const own = lines.filter((line) => line.includes(`"requestId":"${id}"`));
      // Each failed part of a page has a log line.
      expect(own.length).toBeGreaterThan(0);
      for (const line of own) expect(line).toContain(said);
    }
    const spans = spansAt(collector).filter(({ service }) => service === "latchkey-portal");
    const found = (name: string) => spans.filter((span) => span.name === name).map(({ facts }) => facts);
    expect(found("POST action")).toContainEqual(
      expect.objectContaining({ "latchkey.page": "/setup", "latchkey.result": "ok" }),
    );
    expect(found("GET /api/v1/projects/{projectId}/keys")).toEqual([
      expect.objectContaining({ "latchkey.request_id": called.headers()["x-request-id"] }),
      expect.objectContaining({ "latchkey.request_id": requestId, "http.response.status_code": 500 }),
    ]);
    expect(found("POST /api/v1/keys/verify")).toEqual([
      expect.objectContaining({ "latchkey.request_id": checked.headers()["x-request-id"] }),
    ]);

    const sent = JSON.stringify(collector.received);
    const link = new URL(deployment.firstAdminLink ?? "").searchParams.get("token") ?? "";
    const secrets = { key, token, password: ADMIN.password, ...Object.fromEntries(cookies.entries()) };
    expect(secretsFoundIn(sent, { ...secrets, link })).toEqual([]);
    // The terminal shows the link itself once.
    expect(secretsFoundIn(deployment.output(), secrets)).toEqual([]);
    expect(deployment.output().split(link)).toHaveLength(2);
  } finally {
    await deployment.stop();
    await collector.stop();
  }
});
