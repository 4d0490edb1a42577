import type { Client } from "../client.ts";
import { fault, notice, notingInvisible, type Reading, visible } from "./reading.ts";
import type { AndroidApp, IosApp, Restrictions } from "./types.ts";

/** Apps that a list lets through. */
export interface AppSet {
  has(app: string): boolean;
}

const PACKAGE = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/i;
const BUNDLE_ID = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/i;

/** Reads an Android app: its package, exact, and the SHA-1 of the certificate that it is signed with. */
export function readAndroidApp(written: AndroidApp): Reading<AndroidApp> {
  const app = { package: visible(written.package), sha1: visible(written.sha1) };
  return notingInvisible(readVisibleAndroidApp(app), written.package, written.sha1);
}

function readVisibleAndroidApp({ package: name, sha1 }: AndroidApp): Reading<AndroidApp> {
  if (name.length > 255 || !PACKAGE.test(name)) return fault("app-package");
  const digest = canonicalSha1(sha1);
  if (digest === null) return fault("app-sha1");
  return {
    ok: true,
    entry: { package: name, sha1: digest },
    text: `${name}@${digest}`,
    meaning: `The Android app ${name}, signed with the certificate ${digest.slice(0, 8)}….`,
    notices: [notice("app-forgeable")],
  };
}

/** Reads an iOS app: its bundle id, whatever the case. */
export function readIosApp({ bundleId }: IosApp): Reading<IosApp> {
  return notingInvisible(readVisibleIosApp({ bundleId: visible(bundleId) }), bundleId);
}

function readVisibleIosApp({ bundleId }: IosApp): Reading<IosApp> {
  if (bundleId.length > 255 || !BUNDLE_ID.test(bundleId)) return fault("app-bundle-id");
  const id = bundleId.toLowerCase();
  return {
    ok: true,
    entry: { bundleId: id },
    text: id,
    meaning: `The iOS app ${id}.`,
    notices: [notice("app-forgeable")],
  };
}

/** The apps of a list in canonical form. Throws `RangeError` for one that can't be read. */
export function compileApps({ android, ios }: Restrictions["apps"]): AppSet {
  return new Set([
    ...android.map((app) => androidText(mustRead(readAndroidApp(app)))),
    ...ios.map((app) => iosText(mustRead(readIosApp(app)).bundleId)),
  ]);
}

/**
 * The apps that a call says it came from, as an `AppSet` knows them; several only where it says so. What no list
 * could name is no app: its text could pass for another's, or for two.
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

/** 40 lower-case hex digits; null for what is none. */
function canonicalSha1(text: string): string | null {
  const digits = text.replaceAll(":", "");
  return /^[0-9a-f]{40}$/i.test(digits) ? digits.toLowerCase() : null;
}

function mustRead<Entry>(reading: Reading<Entry>): Entry {
  if (!reading.ok) throw new RangeError("not an app in canonical form");
  return reading.entry;
}
