/** How to use a new service token: a line for `.env`, and a verification that works as pasted. */
export function tokenSnippets({
  token,
  api,
  checkUrl,
}: {
  token: string;
  api: string | null;
  checkUrl: string;
}) {
  const body = JSON.stringify({ key: "lk_live_…", api: api ?? "the-api" });
  return [
    { title: ".env", code: `LATCHKEY_SERVICE_TOKEN=${token}` },
    {
      title: "curl",
      code: [
        `curl ${checkUrl}/api/v1/keys/verify \\`,
        `  -H 'Authorization: Bearer ${token}' \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d '${body}'`,
      ].join("\n"),
    },
  ];
}
