"use server";

import { approveAccess as approve, declineAccess as decline } from "#domain/catalog/enablement/decide.ts";
import { decideAccessSchema } from "#domain/catalog/enablement/schema.ts";
import { action, formText } from "#server/action.ts";

const approveAction = action(decideAccessSchema, approve);
const declineAction = action(decideAccessSchema, decline);

interface Request {
  projectId: string;
  slug: string;
}

export async function approveAccess(request: Request, data: FormData) {
  return approveAction({ ...request, message: formText(data, "message") });
}

export async function declineAccess(request: Request, data: FormData) {
  return declineAction({ ...request, message: formText(data, "message") });
}
