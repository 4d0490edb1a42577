"use server";

import type { TokenRotation } from "#components/tokens/rotate-form.tsx";
import {
  createProjectToken as create,
  endProjectTokenOverlap as endOverlap,
  revokeProjectToken as revoke,
  rotateProjectToken as rotate,
} from "#domain/access/management-tokens/project-tokens.ts";
import {
  createProjectTokenSchema,
  type ProjectTokenRef,
  projectTokenRefSchema,
  rotateProjectTokenSchema,
} from "#domain/access/management-tokens/schema.ts";
import { action, createAction } from "#server/action.ts";

export const createProjectToken = createAction("project-token", createProjectTokenSchema, create);
export const revokeProjectToken = action(projectTokenRefSchema, revoke);
export const endProjectTokenOverlap = action(projectTokenRefSchema, endOverlap);

const rotateAction = createAction("project-token-rotation", rotateProjectTokenSchema, rotate);

export async function rotateProjectToken(ref: ProjectTokenRef, rotation: TokenRotation, key: string) {
  return rotateAction({ ...rotation, ...ref }, key);
}
