import Link from "next/link";
import { countEntries } from "#core/restrictions/kinds.ts";
import type { AdminKeyPage } from "#domain/admin/types.ts";
import { RestrictionIcons } from "../keys/restriction-icons.tsx";
import { EnvironmentBadge, KeyStatusLine } from "../keys/status.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";

/** Keys of many projects. On a phone the name's cell says what the left-out columns would. */
export function AdminKeyTable({ keys, nowMs }: { keys: AdminKeyPage["items"]; nowMs: number }) {
  return (
    <Table aria-label="Keys">
      <Thead>
        <tr>
          <Th>Name</Th>
          <Th className="max-md:hidden">Project</Th>
          <Th className="max-md:hidden">Environment</Th>
          <Th className="max-md:hidden">Status</Th>
          <Th>Restrictions</Th>
          <Th className="max-lg:hidden">Created</Th>
          <Th className="max-xl:hidden">Secret from</Th>
          <Th className="max-sm:hidden">Last used</Th>
        </tr>
      </Thead>
      <tbody>
        {keys.map((key) => (
          <Tr key={key.id} interactive>
            <Td className="w-full max-w-0 md:min-w-44">
              <Link
                href={`/projects/${key.projectId}/keys/${key.id}`}
                prefetch={false}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {key.name}
              </Link>
              <span className="block truncate font-mono text-xs text-muted">{key.hint}</span>
              <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm md:hidden">
                <span className="text-muted">{key.projectName}</span>
                <KeyStatusLine keyFacts={key} nowMs={nowMs} className="text-sm" />
                <EnvironmentBadge environment={key.environment} />
              </span>
            </Td>
            <Td className="max-w-40 truncate text-sm max-md:hidden">{key.projectName}</Td>
            <Td className="max-md:hidden">
              <EnvironmentBadge environment={key.environment} />
            </Td>
            <Td className="max-md:hidden">
              <KeyStatusLine keyFacts={key} nowMs={nowMs} />
            </Td>
            <Td>
              <RestrictionIcons counts={countEntries(key.restrictions)} />
            </Td>
            <Td className="text-sm whitespace-nowrap max-lg:hidden">
              <span className="relative">
                <RelativeTime at={key.createdAt} />
              </span>
            </Td>
            <Td className="text-sm whitespace-nowrap max-xl:hidden">
              <span className="relative">
                <SecretMade secrets={key.secrets} />
              </span>
            </Td>
            <Td className="text-sm whitespace-nowrap max-sm:hidden">
              <span className="relative">
                {key.lastUsedAt ? (
                  <RelativeTime at={key.lastUsedAt} />
                ) : (
                  <span className="text-muted">Never</span>
                )}
              </span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** When the current secret was made: the one that does not lapse. */
function SecretMade({ secrets }: Pick<AdminKeyPage["items"][number], "secrets">) {
  const current = secrets.find(({ lapsesAt }) => lapsesAt === null);
  return current ? <RelativeTime at={current.createdAt} /> : null;
}
