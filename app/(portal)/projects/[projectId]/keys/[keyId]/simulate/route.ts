import type { NextRequest } from "next/server";
import { answerQuestion } from "#server/session-question.ts";
import { simulate, simulateSchema } from "#server/simulate.ts";

interface Context {
  params: Promise<{ projectId: string; keyId: string }>;
}

/** What a draft says of a call, for the tester as somebody types in it. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return answerQuestion(request, await params, simulateSchema, simulate);
}
