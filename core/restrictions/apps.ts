import type { Client } from "../client.ts";
import { invalidEntry, notice, type ParsedEntry, visible, withInvisibleNotice } from "./parsed-entry.ts";
import type { AndroidApp, IosApp, Restrictions } from "./types.ts";

/** The apps that a list allows. */
export interface AppSet {
  has(app: string): boolean;
}

const PACKAGE = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/i;
const BUNDLE_ID = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/i;

/** Parses an Android app: its exact package name and the SHA-1 of its signing certificate. */
export function readAndroidApp(written: AndroidApp): ParsedEntry<AndroidApp> {
  const app = { package: visible(written.package), sha1: visible(written.sha1) };
  return withInvisibleNotice(readVisibleAndroidApp(app), written.package, written.sha1);
}

function readVisibleAndroidApp({ package: name, sha1 }: AndroidApp): ParsedEntry<AndroidApp> {
  if (name.length > 255 || !PACKAGE.test(name)) return invalidEntry("app-package");
  const digest = canonicalSha1(sha1);
  if (digest === null) return invalidEntry("app-sha1");
  return {
    ok: true,
    entry: { package: name, sha1: digest },
    text: `${name}@${digest}`,
    meaning: `The Android app ${name}, signed with the certificate ${digest.slice(0, 8)}….`,
    notices: [notice("app-forgeable")],
  };
}

/** Parses an iOS app: its bundle id, which is not case-sensitive. */
export function readIosApp({ bundleId }: IosApp): ParsedEntry<IosApp> {
  return withInvisibleNotice(readVisibleIosApp({ bundleId: visible(bundleId) }), bundleId);
}

function readVisibleIosApp({ bundleId }: IosApp): ParsedEntry<IosApp> {
  if (bundleId.length > 255 || !BUNDLE_ID.test(bundleId)) return invalidEntry("app-bundle-id");
  const id = bundleId.toLowerCase();
  return {
    ok: true,
    entry: { bundleId: id },
    text: id,
    meaning: `The iOS app ${id}.`,
    notices: [notice("app-forgeable")],
  };
}

/** Compiles a list of apps. Throws `RangeError` for an invalid entry. */
export function compileApps({ android, ios }: Restrictions["apps"]): AppSet {
  return new Set([
    ...android.map((app) => androidText(mustRead(readAndroidApp(app)))),
    ...ios.map((app) => iosText(mustRead(readIosApp(app)).bundleId)),
  ]);
}

/**
 * The apps that a request claims to come from, in the form in which an `AppSet` stores them. Values that no list can
 * contain are ignored, because their text could be mistaken for another app or for two.
 */
export function appsOf({ androidPackage, androidCertSha1, iosBundleId }: Client): string[] {
  const apps: string[] = [];
  const sha1 = androidCertSha1 === null ? null : canonicalSha1(androidCertSha1);
  if (androidPackage && sha1 !== null && PACKAGE.test(androidPackage))
    apps.push(androidText({ package: androidPackage, sha1 }));
  if (iosBundleId && BUNDLE_ID.test(iosBundleId)) apps.push(iosText(iosBundleId.toLowerCase()));
  return apps;
}

function androidText({ package: name, sha1 }: AndroidApp): string {
  return `android:${name}@${sha1}`;
}

function iosText(bundleId: string): string {
  return `ios:${bundleId}`;
}

/** A SHA-1 as 40 lower-case hex digits; null for any other text. */
function canonicalSha1(text: string): string | null {
  const digits = text.replaceAll(":", "");
  return /^[0-9a-f]{40}$/i.test(digits) ? digits.toLowerCase() : null;
}

function mustRead<Entry>(parsed: ParsedEntry<Entry>): Entry {
  if (!parsed.ok) throw new RangeError("not an app in canonical form");
  return parsed.entry;
}
