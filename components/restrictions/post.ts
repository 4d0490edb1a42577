/** What the portal refused to answer, in its words. */
export class PostError extends Error {
  override readonly name = "AskError";
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** Asks one of the pages' own routes. Throws `AskError` with what the portal says against it. */
export async function postJson<Answer>(
  href: string,
  question: unknown,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await fetch(href, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(question),
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
    // Something between the browser and the portal answered, and not in JSON.
  }
  return `The portal answered ${response.status}.`;
}

/** Another try helps where the portal did not answer, and not where it refused. */
export function shouldRetry(failures: number, error: Error): boolean {
  return failures < 2 && !(error instanceof PostError && error.status < 500);
}
