import type { Metadata } from "next";
import { customersText } from "#components/customers/text.ts";
import { KeyFilters } from "#components/keys/key-filters.tsx";
import { KeyList } from "#components/keys/key-list.tsx";
import { KEY_LIST, type KeyListState, metadataFilter } from "#components/keys/list-state.ts";
import { NewKey } from "#components/keys/new-key.tsx";
import { keysText } from "#components/keys/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { FactLine, PageHeader } from "#components/ui/page-header.tsx";
import { keyNeedsApproval } from "#domain/access/policies/key-rules.ts";
import { getKeyRules } from "#domain/access/policies/project-key-rules.ts";
import { getPolicies } from "#domain/access/policies/read.ts";
import { countKeys } from "#domain/keys/count.ts";
import { listLeakedKeyIds } from "#domain/keys/leaks/list.ts";
import { listKeysForPage } from "#domain/keys/list.ts";
import { listKeysSchema } from "#domain/keys/schema.ts";
import { keyReactivationBlocker } from "#domain/keys/status.ts";
import { keySparklines } from "#domain/usage/key-sparklines.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { seenIpAddress } from "#server/seen-ip-address.ts";
import { enabledApis, projectOf } from "../project.ts";
import {
  changeSelectedKeys,
  createKey,
  recentTraffic,
  restoreKey,
  revokeKey,
  revokeSelectedKeys,
  updateKey,
} from "./actions.ts";

export const metadata: Metadata = { title: keysText.title };

const { facts: text } = keysText;

interface KeysPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: PageSearch;
}

export default async function KeysPage({ params, searchParams }: KeysPageProps) {
  const { projectId } = await params;
  const state = KEY_LIST.read(await searchOf(searchParams));
  const [project, page, counts, apis, seen, policies, keyRules, ctx] = await Promise.all([
    projectOf(projectId),
    readForPage(listKeysForPage, listInput(projectId, state)),
    readForPage(countKeys, { projectId }),
    enabledApis(projectId),
    seenIpAddress(),
    readForPage(getPolicies, {}),
    readForPage(getKeyRules, { projectId }),
    pageCtx(),
  ]);
  const { settings, now } = ctx;
  const shown = { projectId, keyIds: page.items.map((key) => key.id) };
  const [sparklines, leaked] = await Promise.all([
    readForPage(keySparklines, shown),
    readForPage(listLeakedKeyIds, shown),
  ]);
  const mayChange = project.role !== "viewer";
  const all = counts.active + counts.disabled + counts.expired + counts.revoked;
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title={keysText.title}
        facts={
          <FactLine
            items={[
              { key: "active", value: all > 0 ? text.active(counts.active) : null },
              {
                key: "soon",
                value: counts.expiringSoon > 0 ? text.expiringSoon(counts.expiringSoon) : null,
              },
              { key: "off", value: counts.disabled > 0 ? text.disabled(counts.disabled) : null },
              {
                key: "pending",
                value:
                  counts.pendingApproval > 0 ? (
                    <Link className="underline" href={`/projects/${projectId}/keys?approval=pending`}>
                      {text.pendingApproval(counts.pendingApproval)}
                    </Link>
                  ) : null,
              },
              { key: "expired", value: counts.expired > 0 ? text.expired(counts.expired) : null },
              { key: "revoked", value: counts.revoked > 0 ? text.revoked(counts.revoked) : null },
              {
                key: "customers",
                value:
                  all > 0 ? (
                    <Link className="underline" href={`/projects/${projectId}/customers`}>
                      {customersText.open}
                    </Link>
                  ) : null,
              },
            ]}
          />
        }
        actions={
          mayChange ? (
            <>
              <ButtonLink href={`/projects/${projectId}/keys/import`}>{keysText.import}</ButtonLink>
              {all > 0 ? <NewLink>{keysText.list.empty.action}</NewLink> : null}
            </>
          ) : null
        }
      />
      {all > 0 || KEY_LIST.isFiltered(state) ? <KeyFilters state={state} apis={apis} /> : null}
      <KeyList
        projectId={projectId}
        base={`/projects/${projectId}/keys`}
        state={state}
        page={page}
        sparklines={sparklines}
        leaked={leaked}
        leakPolicy={policies.leakedKeys}
        blockedOf={(key) => keyReactivationBlocker(ctx, key)}
        nowMs={now()}
        mayChange={mayChange}
        actions={{ update: updateKey, revoke: revokeKey, restore: restoreKey, recentTraffic }}
        selectionActions={{ revoke: revokeSelectedKeys, change: changeSelectedKeys }}
      />
      {mayChange ? (
        <NewKey
          projectId={projectId}
          apis={apis}
          seen={seen}
          liveNeedsApplication={policies.liveKeysNeedApplicationRestriction}
          liveNeedsApproval={
            project.role !== "owner" &&
            keyNeedsApproval(keyRules.project ? [keyRules.site, keyRules.project] : [keyRules.site], "live")
          }
          portalUrl={settings.url}
          create={createKey}
        />
      ) : null}
    </div>
  );
}

/** The list's input. Unusable parameters are ignored instead of rejected: links outlive versions. */
function listInput(projectId: string, { page: _, metadata, ...rest }: KeyListState) {
  const state = { ...rest, ...(metadata && { metadata: metadataFilter(metadata) }) };
  const parsed = listKeysSchema.safeParse({ projectId, ...state });
  if (parsed.success) return parsed.data;
  const unusable = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  const usable = Object.entries(state).filter(([name]) => !unusable.has(name));
  return listKeysSchema.parse({ projectId, ...Object.fromEntries(usable) });
}
