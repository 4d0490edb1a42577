import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "#server/auth.ts";

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  // By this the browser's part of next-auth, which no page loads, would write into our log: so would anybody.
  if ((await context.params).nextauth[0] === "_log") return new Response(null, { status: 404 });
  // Our forms are forms. next-auth would fail on JSON that it can't parse.
  const isJson = request.headers.get("content-type")?.includes("json");
  if (request.method === "POST" && isJson) return new Response(null, { status: 415 });
  return NextAuth(request, context, await authOptions());
}

export { handle as GET, handle as POST };
