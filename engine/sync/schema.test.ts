import { expect, test } from "vitest";
import { z } from "zod";
import { SYNC_FORMAT } from "./protocol.ts";
import { SYNC_ROUTES, syncSchemas } from "./schema.ts";

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

// When this fails because a verdict depends on a new field, increase SYNC_FORMAT: older SDKs would ignore the field.
test("the facts of a secret in format 4 are these", () => {
  const output = SYNC_ROUTES.find(({ path }) => path === "/api/v1/sync/facts")?.output ?? z.never();
  const { properties } = z.toJSONSchema(output) as JsonSchema;
  const answers = properties?.secrets?.items?.anyOf?.flatMap((one) => one.anyOf ?? [one]) ?? [];
  const local = answers.find((answer) => answer.properties?.secret);
  expect([SYNC_FORMAT, Object.keys(local?.properties?.secret?.properties ?? {}).sort()]).toEqual([
    4,
    [
      "description",
      "enabled",
      "environment",
      "expiresAt",
      "externalId",
      "id",
      "metadata",
      "name",
      "overlapEndsAt",
      "projectId",
      "reportOnly",
      "reportOnlySince",
      "restrictions",
      "revokedAt",
      "secretId",
      "setBytes",
      "tags",
    ],
  ]);
});

test("what a local service says about itself is one line without invisible characters", () => {
  const { service } = syncSchemas.usage.parse({
    format: SYNC_FORMAT,
    service: {
      id: `loc_${"a".repeat(22)}`,
      address: "web-1\u202e\n\u0007 (Node.js)\u200b",
      version: "1.0\u2066",
      startedAt: 1,
    },
    applied: null,
    batch: null,
  });
  expect(service).toMatchObject({ address: "web-1 (Node.js)", version: "1.0" });
});
