import { readAndroidApp, readIosApp } from "#core/restrictions/apps.ts";
import { readIp } from "#core/restrictions/ips.ts";
import type { ParsedEntry } from "#core/restrictions/parsed-entry.ts";
import { readReferrer } from "#core/restrictions/referrers.ts";
import type { AndroidApp, ApiRestriction, IosApp, Restrictions } from "#core/restrictions/types.ts";
import type { Scope } from "#db/open.ts";
import { slugSchema } from "../../fields.ts";
import { readKnownApis } from "./known-apis.ts";
import { readApiEntry } from "./read-api.ts";

/** Every entry of a set, as written and parsed, in order. */
export interface ParsedRestrictions {
  ips: ParsedEntry<string>[];
  referrers: ParsedEntry<string>[];
  apps: { android: ParsedEntry<AndroidApp>[]; ios: ParsedEntry<IosApp>[] };
  apis: ParsedEntry<ApiRestriction>[];
}

/**
 * Parses a set as written. API entries that the key has already (`before`) may stay, even if the API or the project
 * changed since.
 */
export async function readEntries(
  scope: Scope,
  projectId: string,
  given: Restrictions,
  before: readonly ApiRestriction[],
): Promise<ParsedRestrictions> {
  // No API has another slug, and databases reject some strings.
  const slugs = [...new Set(given.apis.map(({ api }) => api))].filter(
    (api) => slugSchema.safeParse(api).success,
  );
  const known = await readKnownApis(scope, projectId, slugs);
  return {
    ips: given.ips.map(readIp),
    referrers: given.referrers.map(readReferrer),
    apps: { android: given.apps.android.map(readAndroidApp), ios: given.apps.ios.map(readIosApp) },
    apis: given.apis.map((entry) => readApiEntry(entry, known.get(entry.api), before)),
  };
}
