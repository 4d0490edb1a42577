import type { ReactNode } from "react";
import { Frame } from "#components/frame/frame.tsx";
import { LeakedTokens } from "#components/frame/leaked-tokens.tsx";
import { RecallProvider } from "#components/ui/recall-provider.tsx";
import { listLeakedTokens } from "#domain/leaks/listTokens.ts";
import { listProjects } from "#domain/projects/list.ts";
import { listProjectsSchema } from "#domain/projects/schemas.ts";
import { readForPage } from "#server/page.ts";
import { requirePageUser } from "#server/session.ts";
import { recallAttempt, search } from "./actions.ts";
import { signOut } from "./sign-out.ts";

/** As many projects as the switcher may have to know the names of. */
const KNOWN = 200;

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const person = await requirePageUser();
  const [{ items }, leaked] = await Promise.all([
    readForPage(listProjects, listProjectsSchema.parse({ limit: KNOWN })),
    readForPage(listLeakedTokens, {}),
  ]);
  return (
    <Frame
      person={{ name: person.name, siteRole: person.siteRole }}
      projects={items.map(({ id, name, role }) => ({ id, name, role }))}
      search={search}
      signOut={signOut}
    >
      <LeakedTokens tokens={leaked.items} userId={person.userId} />
      <RecallProvider recall={recallAttempt}>{children}</RecallProvider>
    </Frame>
  );
}
