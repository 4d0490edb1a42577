import { AuditList } from "#components/audit/audit-list.tsx";
import { keysText } from "#components/keys/text.ts";
import { Section } from "#components/ui/card.tsx";
import { listAudit } from "#domain/audit/list.ts";
import { listAuditSchema } from "#domain/audit/schema.ts";
import { pageInput, readForPage } from "#server/page.ts";

interface KeyHistoryProps {
  projectId: string;
  keyId: string;
  search: URLSearchParams;
}

/** Who did what to one key. */
export async function KeyHistory({ projectId, keyId, search }: KeyHistoryProps) {
  const cursor = search.get("cursor") || undefined;
  const page = await readForPage(
    listAudit,
    pageInput(listAuditSchema, { projectId, subjectId: keyId, cursor }),
  );
  return (
    <Section {...keysText.history}>
      <AuditList page={page} base={`/projects/${projectId}/keys/${keyId}?tab=history`} cursor={cursor} />
    </Section>
  );
}
