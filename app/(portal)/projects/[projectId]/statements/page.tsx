import type { Metadata } from "next";
import { statementsText as text } from "#components/statements/text.ts";
import { type PageSearch, searchOf } from "#server/page.ts";
import { StatementView } from "../../../statement-view.tsx";

export const metadata: Metadata = { title: text.title };

interface StatementsPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

/** The statements of a project. */
export default async function StatementsPage({ params, searchParams }: StatementsPageProps) {
  const { projectId } = await params;
  const base = `/projects/${projectId}`;
  return (
    <StatementView
      projectId={projectId}
      month={(await searchOf(searchParams)).get("month")}
      base={`${base}/statements`}
      crumbsOf={({ projectName }) => [{ label: projectName, href: base }]}
    />
  );
}
