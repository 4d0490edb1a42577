import type { Settings } from "#platform/settings.ts";

/** The sign-in providers configured here, as the sign-in page shows them. */
export function providersOf({
  github,
  oidc,
}: Pick<Settings, "github" | "oidc">): { id: string; name: string }[] {
  return [
    ...oidc.map(({ id, name }) => ({ id, name })),
    ...(github ? [{ id: "github", name: "GitHub" }] : []),
  ];
}
