import { and, desc, eq, gte } from "drizzle-orm";
import { messageOf } from "#core/denials.ts";
import { BUCKET_MS, startOf } from "#core/time.ts";
import type { VerdictCode } from "#core/verdict.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { mustFindKey } from "../find.ts";
import type { ReadTryInput, TryChecks } from "./schema.ts";
import { TRY_MS } from "./session.ts";

/** What verifiers answered to a temporary secret since it was created. Counted within seconds of the answer. */
export async function readTryChecks({ ctx, input }: Verb<ReadTryInput>): Promise<TryChecks> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "developer");
  const key = await mustFindKey(scope, input);
  const { secrets, denials } = scope.t;
  const [secret] = await scope.q
    .select({ createdAt: secrets.createdAt })
    .from(secrets)
    .where(and(eq(secrets.id, input.secretId), eq(secrets.keyId, key.id), eq(secrets.temporary, true)));
  if (!secret) throw notFound("secret");
  const from = startOf(BUCKET_MS.minute, secret.createdAt);
  const [counted, [denial]] = await Promise.all([
    sumUsage(scope, {
      buckets: [{ interval: "minute", from, to: from + 2 * TRY_MS }],
      where: { projectId: [key.projectId], keyId: [key.id], secretId: [input.secretId] },
      by: ["code", "api", "operation"],
      sums: ["checks"],
    }),
    scope.q
      .select()
      .from(denials)
      .where(
        and(
          eq(denials.keyId, key.id),
          eq(denials.reportOnly, false),
          gte(denials.at, Math.max(input.since, secret.createdAt)),
        ),
      )
      .orderBy(desc(denials.at))
      .limit(1),
  ]);
  return {
    checks: counted
      .map(({ code, api, operation, checks }) => ({
        code: code as VerdictCode,
        api,
        operation,
        count: checks,
      }))
      .sort((a, b) => a.code.localeCompare(b.code) || a.operation.localeCompare(b.operation)),
    denial: denial ? { code: denial.code, words: messageOf(denial.code, denial.observed) } : null,
  };
}
