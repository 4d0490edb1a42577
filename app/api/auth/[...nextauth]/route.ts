import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "#server/auth.ts";

const PRINTABLE_ASCII = /^[ -~]*$/;

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  // next-auth writes what is posted to this path into the log. No page uses it, and anyone could call it.
  if ((await context.params).nextauth[0] === "_log") return new Response(null, { status: 404 });
  // Our pages post forms. next-auth throws on JSON that it can't parse.
  const isJson = request.headers.get("content-type")?.includes("json");
  if (request.method === "POST" && isJson) return new Response(null, { status: 415 });
  // next-auth copies it into the Location header, and throws where it does not fit there.
  const error = request.nextUrl.searchParams.get("error") ?? "";
  if (!PRINTABLE_ASCII.test(error)) return new Response(null, { status: 400 });
  return NextAuth(request, context, await authOptions());
}

export { handle as GET, handle as POST };
