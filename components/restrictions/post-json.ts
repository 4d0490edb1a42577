/** An error response of the portal, with its text. */
export class PostError extends Error {
  override readonly name = "PostError";
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** Posts to a route of the pages. Throws `PostError` with the portal's text if the response is an error. */
export async function postJson<Answer>(href: string, request: unknown, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(href, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(request),
    signal,
  });
  if (response.ok) return (await response.json()) as Answer;
  throw new PostError(response.status, await detailOf(response));
}

async function detailOf(response: Response): Promise<string> {
  try {
    const { detail } = (await response.json()) as { detail?: unknown };
    if (typeof detail === "string") return detail;
  } catch {
    // A proxy between the browser and the portal answered, not in JSON.
  }
  return `The portal answered ${response.status}.`;
}

/** A retry helps if the portal did not answer, not if it rejected the request. */
export function shouldRetry(failures: number, error: Error): boolean {
  return failures < 2 && !(error instanceof PostError && error.status < 500);
}
