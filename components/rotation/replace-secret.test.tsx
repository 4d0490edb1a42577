import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import type { Key } from "#domain/keys/schema.ts";
import type { SecretActions } from "../keys/actions.ts";
import { ReplaceSecret } from "./replace-secret.tsx";

vi.mock("next/navigation", () => ({
  useRouter: () => ({ refresh: () => {} }),
  useSearchParams: () => new URLSearchParams(),
}));

const subject = { name: "checkout", restrictions: NO_RESTRICTIONS } as Key;
const html = (status: Key["status"], endedBy: Key["endedBy"]) =>
  renderToStaticMarkup(
    <ReplaceSecret
      subject={{ ...subject, status, endedBy }}
      rotation={null}
      portalUrl=""
      actions={{} as SecretActions}
    />,
  );
const rotateButton = (page: string) => /<button[^>]*>Rotate key…/.exec(page)?.[0];

test("a key can be rotated unless an administrator disabled it: a new secret would not enable it", () => {
  expect(rotateButton(html("active", null))).not.toContain("disabled=");
  expect(rotateButton(html("disabled", "leak"))).not.toContain("disabled=");
  expect(rotateButton(html("disabled", "policy"))).not.toContain("disabled=");
  expect(rotateButton(html("disabled", "admin"))).toContain("disabled=");
});
