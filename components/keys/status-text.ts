import type { Environment } from "#core/verdict.ts";
import type { KeyStatus } from "#domain/keys/schema.ts";

export const STATUS_TEXT: Record<KeyStatus, string> = {
  active: "Active",
  disabled: "Disabled",
  expired: "Expired",
  revoked: "Revoked",
};

export const ENVIRONMENT_TEXT: Record<Environment, string> = { live: "Live", test: "Test" };
