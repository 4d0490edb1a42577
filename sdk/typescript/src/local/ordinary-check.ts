import { isScopeName, MAX_ASKED_SCOPES } from "../../../../core/api-scopes/required.ts";
import { MAX_TEXT_LENGTH } from "../check-body.ts";
import type { Check } from "../verdict.ts";

const FIELDS: ReadonlySet<string> = new Set([
  "key",
  "api",
  "operation",
  "method",
  "path",
  "clientIp",
  "referrer",
  "origin",
  "androidPackage",
  "androidCertSha1",
  "iosBundleId",
  "cost",
  "requiredScopes",
]);

/** Whether a verifier would evaluate the check as it is: it rejects unknown fields, and texts may have to be cut. */
export function isOrdinary(check: Check): boolean {
  if (!hasKnownFields(check)) return false;
  const { key, api, operation, method, path, cost, requiredScopes } = check;
  // One by one: reading fields by a variable name takes several times as long.
  if (!(isText(key) && isText(api) && isText(operation) && isText(method) && isText(path))) return false;
  if (!isOrdinaryClient(check)) return false;
  if (requiredScopes != null && !isScopeList(requiredScopes)) return false;
  if (cost !== undefined && !(Number.isInteger(cost) && cost >= 0 && cost <= 1_000)) return false;
  return (method === undefined) === (path === undefined);
}

/** The fields of the last check that had others than the one before. */
let lastFields: readonly string[] = [];

/** Whether the check has only known fields. Those of nearly all checks are in the same order as before. */
function hasKnownFields(check: Check): boolean {
  let at = 0;
  for (const name in check) if (name !== lastFields[at++]) return readFields(check);
  return true;
}

function readFields(check: Check): boolean {
  const names: string[] = [];
  for (const name in check) {
    if (!FIELDS.has(name)) return false;
    names.push(name);
  }
  lastFields = names;
  return true;
}

function isOrdinaryClient(check: Check): boolean {
  const { clientIp, referrer, origin, androidPackage, androidCertSha1, iosBundleId } = check;
  const hasApp = androidPackage != null || androidCertSha1 != null || iosBundleId != null;
  return (
    isText(clientIp) &&
    isText(referrer) &&
    isText(origin) &&
    (!hasApp || (isText(androidPackage) && isText(androidCertSha1) && isText(iosBundleId)))
  );
}

function isText(value: unknown): boolean {
  return value == null || (typeof value === "string" && value.length <= MAX_TEXT_LENGTH);
}

function isScopeList(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MAX_ASKED_SCOPES && value.every(isScope);
}

const isScope = (value: unknown) => typeof value === "string" && isScopeName(value);
