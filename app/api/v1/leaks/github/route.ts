import { processSingleton } from "#platform/process-singleton.ts";
import { contextFor, getServices } from "#server/context.ts";
import { handleGithubReport } from "#server/leaks/github.ts";
import { GithubKeys } from "#server/leaks/github-keys.ts";

/** Reports of GitHub's secret scanning. */
export async function POST(request: Request): Promise<Response> {
  const { settings } = await getServices();
  const keys = processSingleton("github-keys", () => new GithubKeys({ url: settings.githubKeysUrl }));
  return handleGithubReport(await contextFor({ kind: "system" }), request, keys);
}
