import { restrictedBy } from "#core/restrictions/kinds.ts";
import { hashToken, hintOf } from "#core/tokens.ts";
import type { Tx } from "#db/open.ts";
import { keyAttributesOf } from "#domain/keys/attributes.ts";
import { keyApisOf } from "#domain/keys/restrictions/stored.ts";
import type { UsageAggregate } from "./aggregate.ts";
import type { Fixtures } from "./fixtures.ts";
import { KEY_LIMITS, reportOnlyOf, restrictionsOf } from "./restrictions.ts";
import { reportOnlySince } from "./write-traffic.ts";

/** Writes the keys with their secrets, with the last use that the traffic implies. */
export async function writeKeys(
  { q, t }: Tx,
  fixtures: Fixtures,
  { lastUsedAt }: UsageAggregate,
): Promise<void> {
  const personId = new Map(fixtures.people.map((person) => [person.ref, person.id]));
  const projectId = new Map(fixtures.projects.map((project) => [project.ref, project.id]));
  await q.insert(t.keys).values(
    fixtures.keys.map(({ id, spec, createdAt, expiresAt, disabledAt, revokedAt }) => ({
      id,
      projectId: projectId.get(spec.project) ?? "",
      name: spec.name,
      environment: spec.environment,
      enabled: disabledAt === null,
      expiresAt,
      revokedAt,
      restrictions: restrictionsOf(spec),
      restrictedBy: restrictedBy(restrictionsOf(spec)),
      reportOnly: reportOnlyOf(spec),
      reportOnlySince: reportOnlyOf(spec) && reportOnlySince(fixtures.nowMs),
      limits: KEY_LIMITS[spec.service] ?? null,
      metadata: { service: spec.service },
      description: spec.description ?? "",
      tags: spec.tags ?? [],
      externalId: spec.externalId ?? null,
      createdAt,
      createdBy: personId.get(spec.by) ?? "",
      lastUsedAt: lastUsedAt.get(id) ?? null,
    })),
  );
  await q
    .insert(t.keyApis)
    .values(
      fixtures.keys.flatMap(({ id, spec }) =>
        keyApisOf({ id, projectId: projectId.get(spec.project) ?? "", restrictions: restrictionsOf(spec) }),
      ),
    );
  await q.insert(t.keyAttributes).values(
    fixtures.keys.flatMap(({ id, spec }) =>
      keyAttributesOf({
        id,
        projectId: projectId.get(spec.project) ?? "",
        tags: spec.tags ?? [],
        metadata: { service: spec.service },
      }),
    ),
  );
  await q.insert(t.secrets).values(
    fixtures.keys.flatMap((key) =>
      key.secrets.map(({ id, token, createdAt, overlapEndsAt }) => ({
        id,
        keyId: key.id,
        hash: hashToken(token),
        hint: hintOf(token),
        createdAt,
        overlapEndsAt,
        lastUsedAt: lastUsedAt.get(id) ?? null,
      })),
    ),
  );
}
