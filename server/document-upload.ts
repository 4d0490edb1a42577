import "server-only";
import type { NextRequest } from "next/server";
import { z } from "zod";
import { recordDenials } from "#domain/access/security/record.ts";
import { createApi, previewOpenApi } from "#domain/catalog/apis/create.ts";
import { decodeText } from "#domain/catalog/apis/decode-text.ts";
import {
  type Api,
  createApiSchema,
  previewOpenApiSchema,
  updateApiSchema,
} from "#domain/catalog/apis/schema.ts";
import { updateApi } from "#domain/catalog/apis/update.ts";
import { type Ctx, requireAdmin, type Verb } from "#domain/context.ts";
import { type ActionResult, invalid } from "#domain/errors.ts";
import { readBody } from "./api/body.ts";
import { MAX_DOCUMENT_BODY_BYTES } from "./body-limit.ts";
import { contextFor } from "./context.ts";
import { log } from "./log.ts";
import { rejectOtherSites } from "./page-query.ts";
import { HttpError } from "./problem.ts";
import { getRateLimitedActor } from "./rate-limited-actor.ts";
import { failureOf, runAction } from "./run-action.ts";

const fieldsSchema = z.object({ intent: z.enum(["preview", "create", "update"]) }).loose();
const PAGE = "/admin/apis";
const report = (error: unknown, errorId: string) => log.error({ err: error, errorId }, "an upload failed");

/**
 * Handles a form with an OpenAPI document like a server action: its fields as JSON in `input`, and the document in
 * `document`. Server actions accept only smaller bodies, because anyone can call them; this checks for an
 * administrator before it reads the body.
 */
export async function handleDocumentUpload(request: NextRequest): Promise<Response> {
  return Response.json(await resultOf(request), { headers: { "Cache-Control": "no-store" } });
}

async function resultOf(request: NextRequest): Promise<ActionResult<unknown>> {
  try {
    rejectOtherSites(request);
    const sender = await contextFor(await getRateLimitedActor());
    await recordDenials(sender, PAGE, async () => requireAdmin(sender));
    const bytes = await readBody(request, MAX_DOCUMENT_BODY_BYTES);
    // The body may take a minute: who was signed out or lost the role meanwhile must not act anymore.
    const ctx = await contextFor(await getRateLimitedActor());
    const { document, intent, fields } = await readForm(request, bytes);
    const openapi =
      document instanceof File ? decodeText(new Uint8Array(await document.arrayBuffer())) : document;
    return await runUpload(ctx, intent, { ...fields, openapi });
  } catch (error) {
    // The caller's error, so it is not logged.
    if (error instanceof HttpError) return { ok: false, code: "invalid", message: error.message, errors: [] };
    return failureOf(error, report);
  }
}

/** The parts of the form. Throws `invalid` if it is not one of the portal's forms. */
async function readForm({ url, headers }: NextRequest, bytes: Uint8Array) {
  try {
    const form = await new Request(url, { method: "POST", headers, body: new Uint8Array(bytes) }).formData();
    const { intent, ...fields } = fieldsSchema.parse(JSON.parse(String(form.get("input"))));
    return { document: form.get("document"), intent, fields };
  } catch {
    throw invalid("", "This form can't be read. Reload the page.");
  }
}

/** The page needs only the slug: an API can have many operations. */
function slugOf<Input>(verb: (call: Verb<Input>) => Promise<Api>) {
  return async (call: Verb<Input>) => ({ slug: (await verb(call)).slug });
}

function runUpload(
  ctx: Ctx,
  intent: z.output<typeof fieldsSchema>["intent"],
  input: Record<string, unknown>,
): Promise<ActionResult<unknown>> {
  const shell = { actor: async () => ctx.actor, contextFor: async () => ctx, page: async () => PAGE, report };
  if (intent === "preview") return runAction(shell, previewOpenApiSchema, previewOpenApi, input);
  if (intent === "create") return runAction(shell, createApiSchema, slugOf(createApi), input);
  return runAction(shell, updateApiSchema, slugOf(updateApi), input);
}
