import type { Settings } from "#platform/settings.ts";

/** The providers that people can sign in through here, as the sign-in page names them. */
export function providersOf({
  github,
  oidc,
}: Pick<Settings, "github" | "oidc">): { id: string; name: string }[] {
  return [
    ...(oidc ? [{ id: "oidc", name: oidc.name }] : []),
    ...(github ? [{ id: "github", name: "GitHub" }] : []),
  ];
}
