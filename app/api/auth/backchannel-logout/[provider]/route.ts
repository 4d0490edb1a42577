import { serveBackchannelLogout } from "#server/oidc/backchannel-logout.ts";

export async function POST(
  request: Request,
  { params }: { params: Promise<{ provider: string }> },
): Promise<Response> {
  return serveBackchannelLogout(request, (await params).provider);
}
