/** How to store a management token, and a first request to `url` with it. */
export function tokenSnippets(url: string, token: string): { title: string; code: string }[] {
  return [
    { title: ".env", code: `LATCHKEY_TOKEN=${token}` },
    { title: "curl", code: `curl ${url} \\\n  -H 'Authorization: Bearer ${token}'` },
  ];
}
