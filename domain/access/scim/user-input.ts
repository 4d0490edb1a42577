import { z } from "zod";
import { readEmail } from "#core/email.ts";
import { cleanName } from "#core/text.ts";
import { invalidValue, ScimError } from "./errors.ts";
import { plainPath } from "./filter.ts";
import type { PatchOperation } from "./patch-input.ts";

/** What a request changes of a user. Undefined: left alone. Null: removed. Other attributes are ignored. */
export interface UserChange {
  userName?: string;
  externalId?: string | null;
  givenName?: string | null;
  familyName?: string | null;
  displayName?: string | null;
  /** In the form of `readEmail`. */
  email?: string;
  active?: boolean;
}

const MAX_NAME = 100;
const MAX_ID = 255;
const EMAIL = z.looseObject({
  value: z.unknown(),
  type: z.unknown().optional(),
  primary: z.unknown().optional(),
});

/** Reads a whole user, as POST and PUT send it. With PUT, attributes that are left out are removed. */
export function readUserInput(body: Record<string, unknown>, replaces: boolean): UserChange {
  const change: UserChange = replaces
    ? { externalId: null, givenName: null, familyName: null, displayName: null }
    : {};
  for (const [name, value] of Object.entries(body)) assign(change, plainPath(name), value);
  if (change.userName === undefined) throw invalidValue("userName: is required.");
  // Some providers name people by their email address and send no other.
  if (change.email === undefined && "address" in readEmail(change.userName)) {
    change.email = emailOf(change.userName);
  }
  return change;
}

/** Reads the operations of a PATCH. */
export function readUserOperations(operations: readonly PatchOperation[]): UserChange {
  const change: UserChange = {};
  for (const { op, path, value } of operations) {
    if (op === "remove") remove(change, path);
    else if (path !== null) assign(change, path, value);
    else {
      for (const [name, part] of Object.entries(objectOf(value))) assign(change, plainPath(name), part);
    }
  }
  return change;
}

/** `emails[type eq "work"].value`, as Entra ID writes it: the account has one address, whatever its type. */
const EMAIL_VALUE = /^emails(\[.*\])?\.value$/;
const EMAILS = /^emails(\[.*\])?$/;

function assign(change: UserChange, path: string, value: unknown): void {
  switch (path) {
    case "username":
      change.userName = required("userName", value, MAX_ID);
      return;
    case "externalid":
      change.externalId = optional("externalId", value, MAX_ID);
      return;
    case "displayname":
      change.displayName = nameOf(value);
      return;
    case "name.givenname":
      change.givenName = nameOf(value);
      return;
    case "name.familyname":
      change.familyName = nameOf(value);
      return;
    case "name.formatted":
      change.displayName ??= nameOf(value);
      return;
    case "name":
      if (value === null) return;
      for (const [part, text] of Object.entries(objectOf(value))) {
        assign(change, `name.${part.toLowerCase()}`, text);
      }
      return;
    case "active":
      change.active = booleanOf(value);
      return;
  }
  if (EMAIL_VALUE.test(path)) change.email = emailOf(value);
  else if (EMAILS.test(path)) {
    const email = primaryOf(value);
    if (email !== null) change.email = emailOf(email);
  }
}

function remove(change: UserChange, path: string | null): void {
  if (path === null) throw new ScimError(400, "A remove operation needs a path.", "noTarget");
  if (path === "username" || path === "active" || EMAILS.test(path) || EMAIL_VALUE.test(path)) {
    throw new ScimError(400, "userName, active and emails can't be removed.", "mutability");
  }
  if (path === "name") Object.assign(change, { givenName: null, familyName: null });
  else assign(change, path, null);
}

/** The address to use of a list: the primary one, else the one for work, else the first. Null for an empty list. */
function primaryOf(value: unknown): unknown {
  if (value === null) return null;
  const list = z
    .array(EMAIL)
    .max(50)
    .safeParse(Array.isArray(value) ? value : [value]);
  if (!list.success) throw invalidValue("emails: must be a list of objects with a value.");
  const isPrimary = ({ primary }: { primary?: unknown }) => String(primary).toLowerCase() === "true";
  const isWork = ({ type }: { type?: unknown }) => String(type).toLowerCase() === "work";
  const found = list.data.find(isPrimary) ?? list.data.find(isWork) ?? list.data[0];
  return found === undefined ? null : found.value;
}

function emailOf(value: unknown): string {
  const parsed = typeof value === "string" ? readEmail(value) : null;
  if (parsed !== null && "address" in parsed) return parsed.address;
  throw invalidValue(`emails: ${parsed === null ? "must be a text." : parsed.error}`);
}

/** Entra ID sends booleans as text. */
function booleanOf(value: unknown): boolean {
  const text = String(value).toLowerCase();
  if (text !== "true" && text !== "false") throw invalidValue("active: must be true or false.");
  return text === "true";
}

function required(name: string, value: unknown, max: number): string {
  const text = optional(name, value, max);
  if (text === null) throw invalidValue(`${name}: is required.`);
  return text;
}

/** A text that identifies something, unchanged; null if it is empty. */
function optional(name: string, value: unknown, max: number): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value !== "string" || value.length > max || /[\p{Cc}\p{Cs}]/u.test(value)) {
    throw invalidValue(`${name}: must be a text of at most ${max} characters.`);
  }
  return value;
}

/** A name that pages show, cleaned; null if nothing of it can be shown. */
function nameOf(value: unknown): string | null {
  return cleanName(value, MAX_NAME);
}

function objectOf(value: unknown): Record<string, unknown> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(value);
  if (!parsed.success) throw invalidValue("The value must be an object.");
  return parsed.data;
}
