import { postOnly, verify } from "#server/verify.ts";

export function POST(request: Request): Promise<Response> {
  return verify(request, true);
}

export { postOnly as DELETE, postOnly as GET, postOnly as PATCH, postOnly as PUT };
