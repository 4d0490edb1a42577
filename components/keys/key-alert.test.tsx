import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import type { Key } from "#domain/keys/schema.ts";
import { KeyAlert } from "./key-alert.tsx";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const revoked = {
  status: "revoked",
  endedBy: "admin",
  environment: "live",
  restrictions: NO_RESTRICTIONS,
  revokedAt: "2026-11-22T12:00:00Z",
  restorableUntil: "2026-12-22T12:00:00Z",
} as Key;

const textOf = (subject: Key, blocked: string | null) =>
  renderToStaticMarkup(
    <KeyAlert
      subject={subject}
      leaked={null}
      blocked={blocked}
      nowMs={NOW}
      mayChange={false}
      settingsHref=""
      restrictionsHref=""
      actions={{ update: async () => never(), restore: async () => never() }}
    />,
  ).replace(/<[^>]+>/g, "");
const never = () => {
  throw new Error("nothing is pressed here");
};

test("the alert names once who revoked the key, whether or not the reader may restore it", () => {
  const blocked = "An administrator revoked this key. Only an administrator can restore it.";
  const disabled: Key = { ...revoked, status: "disabled", revokedAt: null, restorableUntil: null };
  for (const subject of [revoked, disabled]) {
    expect(textOf(subject, null)).toMatch(/^(Revoked|Disabled) by an administrator/);
    expect(textOf(subject, blocked)).not.toContain("by an administrator");
    expect(textOf(subject, blocked)).toContain(blocked);
  }
});
