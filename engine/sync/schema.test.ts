import { expect, test } from "vitest";
import { z } from "zod";
import { SYNC_FORMAT } from "./protocol.ts";
import { SYNC_ROUTES } from "./schema.ts";

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

// When this fails because a verdict depends on a new field, increase SYNC_FORMAT: older SDKs would ignore the field.
test("the facts of a secret in format 1 are these", () => {
  const output = SYNC_ROUTES.find(({ path }) => path === "/api/v1/sync/facts")?.output ?? z.never();
  const { properties } = z.toJSONSchema(output) as JsonSchema;
  const answers = properties?.secrets?.items?.anyOf?.flatMap((one) => one.anyOf ?? [one]) ?? [];
  const local = answers.find((answer) => answer.properties?.secret);
  expect([SYNC_FORMAT, Object.keys(local?.properties?.secret?.properties ?? {}).sort()]).toEqual([
    1,
    [
      ...["description", "enabled", "environment", "expiresAt", "externalId", "id", "metadata", "name"],
      ...["overlapEndsAt", "projectId", "reportOnly", "reportOnlySince", "restrictions", "revokedAt"],
      ...["secretId", "setBytes", "tags"],
    ],
  ]);
});
