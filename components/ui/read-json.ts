/** The JSON that the portal answers. Throws without an answer, and for any status but 2xx. */
export async function readJson<Data>(href: string, signal: AbortSignal): Promise<Data> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${href} answered ${response.status}`);
  return (await response.json()) as Data;
}
