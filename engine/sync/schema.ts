import { z } from "zod";
import { MAX_ENTRIES } from "#core/restrictions/kinds.ts";
import { cleanLine } from "#core/text.ts";
import { VERDICT_CODES } from "#core/verdict.ts";
import type { DescribedRoute } from "#platform/openapi/described-route.ts";
import {
  type FactsRequest,
  MAX_BATCH_ENTRIES,
  MAX_FACTS,
  MAX_GAPS,
  MAX_USAGE_BYTES,
  type SyncPosition,
  type UsageRequest,
} from "./protocol.ts";

const countSchema = z.int().min(0);
const textSchema = z.string().max(300);
/** Shown to administrators, so nothing in it may be invisible or change the direction of the text around it. */
const shownTextSchema = textSchema.overwrite(cleanLine);
const idTextSchema = z.string().max(64);

export const positionSchema: z.ZodType<SyncPosition> = z.strictObject({
  seq: countSchema,
  gaps: z.array(z.tuple([countSchema, countSchema])).max(MAX_GAPS),
  row: idTextSchema,
});

const factsRequestSchema = z.strictObject({
  format: z.int(),
  secrets: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(MAX_FACTS.secrets),
  apis: z.array(z.string().max(100)).max(MAX_FACTS.apis),
}) satisfies z.ZodType<FactsRequest>;

/** Answers that need no counters: keys with limits are asked about. */
const codeSchema = z.enum(VERDICT_CODES).exclude(["RATE_LIMITED", "QUOTA_EXCEEDED"]);
const clientTextSchema = textSchema.nullable();

const entrySchema = z.strictObject({
  atMs: z.int().min(1),
  code: codeSchema,
  secretId: idTextSchema.regex(/^\w*$/),
  api: z.string().max(100),
  operation: textSchema,
  units: z.int().min(0).max(1_000),
  count: z.int().min(1).max(1_000_000_000),
  seen: z.strictObject({ address: textSchema, origin: textSchema, app: textSchema }).nullable(),
  trial: z.strictObject({ since: countSchema, code: codeSchema }).nullable(),
  details: z
    .strictObject({
      code: codeSchema.exclude(["VALID"]),
      observed: z.record(z.string().max(64), textSchema).refine((fields) => Object.keys(fields).length <= 10),
      client: z.strictObject({
        clientIp: clientTextSchema,
        referrer: clientTextSchema,
        origin: clientTextSchema,
        androidPackage: clientTextSchema,
        androidCertSha1: clientTextSchema,
        iosBundleId: clientTextSchema,
      }),
    })
    .nullable(),
});

const usageRequestSchema = z.strictObject({
  format: z.int(),
  service: z.strictObject({
    id: z.string().regex(/^loc_[0-9A-Za-z]{22}$/),
    address: shownTextSchema,
    version: shownTextSchema.max(40),
    startedAt: countSchema,
  }),
  applied: positionSchema.nullable(),
  batch: z
    .strictObject({
      id: z.string().regex(/^[a-z]{3}_[0-9A-Za-z]{22}\.\d{1,6}$/),
      entries: z.array(entrySchema).min(1).max(MAX_BATCH_ENTRIES),
    })
    .nullable(),
}) satisfies z.ZodType<UsageRequest>;

export const syncSchemas = { facts: factsRequestSchema, usage: usageRequestSchema };

const instant = z.int().nullable();
const set = z.strictObject({
  ips: z.array(z.string()).max(MAX_ENTRIES),
  referrers: z.array(z.string()).max(MAX_ENTRIES),
  apps: z.strictObject({
    android: z.array(z.strictObject({ package: z.string(), sha1: z.string() })),
    ios: z.array(z.strictObject({ bundleId: z.string() })),
  }),
  apis: z.array(
    z.strictObject({
      api: z.string(),
      operations: z.array(z.string()),
      scopes: z.array(z.string()).optional(),
    }),
  ),
});

const factsAnswerSchema = z.strictObject({
  secrets: z.array(
    z
      .union([
        z.strictObject({ ask: z.literal(true), subjects: z.array(z.string()) }),
        z.strictObject({
          ask: z.literal(false),
          secret: z.strictObject({
            secretId: z.string(),
            overlapEndsAt: instant,
            id: z.string(),
            projectId: z.string(),
            name: z.string(),
            environment: z.string(),
            enabled: z.boolean(),
            revokedAt: instant,
            expiresAt: instant,
            metadata: z.record(z.string(), z.unknown()),
            description: z.string(),
            tags: z.array(z.string()),
            externalId: z.string().nullable(),
            setBytes: z.int(),
            restrictions: set,
            reportOnly: set.nullable(),
            reportOnlySince: instant,
          }),
          enabledApis: z.array(z.string()),
          plannedApis: z.array(z.string()),
        }),
      ])
      .nullable(),
  ),
  apis: z.array(
    z
      .strictObject({
        id: z.string(),
        slug: z.string(),
        scopes: z.array(z.string()),
        operations: z.array(
          z.strictObject({
            name: z.string(),
            method: z.string().nullable(),
            path: z.string().nullable(),
            basePaths: z.array(z.string()).nullable(),
            requiredScopes: z.array(z.array(z.string())).nullable(),
          }),
        ),
        basePaths: z.array(z.string()),
        pathMatching: z.enum(["exact", "safe"]),
        allowKeyInUrl: z.boolean(),
      })
      .nullable(),
  ),
});

const described = {
  tag: "Local verification",
  status: 200,
  files: [],
  security: "serviceToken",
  tokenScope: "never",
  idempotent: false,
  atVerifier: true,
} as const;

/** Descriptions of what only verifiers answer, for services that verify keys in their own process. */
export const SYNC_ROUTES: DescribedRoute[] = [
  {
    ...described,
    method: "GET",
    path: "/api/v1/sync",
    summary: "Follow the changes that can alter a verdict",
    description:
      "For services with `localVerification`. Server-sent events with JSON: first `hello`, then at least every 250 ms the state of the verifier, with the changes since the last event. The SDK's local mode uses it.",
    input: z.strictObject({
      format: z.coerce.number().describe("The version of the facts that the service understands."),
      after: z.string().optional().describe("The `place` to resume from, as JSON."),
    }),
    output: null,
    files: ["text/event-stream"],
    maxBodyBytes: 0,
  },
  {
    ...described,
    method: "POST",
    path: "/api/v1/sync/facts",
    summary: "Get the facts of keys that callers sent",
    description:
      "At least as new as the request. A key that the token could not verify, or that has limits, is answered with `ask`: ask for its verdict.",
    input: factsRequestSchema,
    output: factsAnswerSchema,
    maxBodyBytes: 16 * 1024,
  },
  {
    ...described,
    method: "POST",
    path: "/api/v1/sync/usage",
    summary: "Report local answers and the state of the service",
    description: "A batch is counted once, however often and at however many verifiers it is sent.",
    input: usageRequestSchema,
    output: null,
    status: 204,
    maxBodyBytes: MAX_USAGE_BYTES,
  },
];
