/** A Next.js route handler that does nothing: the least that one costs. */
export function POST() {
  return Response.json({ valid: true });
}

export function GET() {
  return Response.json({ valid: true });
}
