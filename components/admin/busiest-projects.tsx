import Link from "next/link";
import type { ProjectTraffic } from "#domain/usage/types.ts";
import { Card } from "../ui/card.tsx";
import { formatShare } from "../ui/format.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import type { RangeName } from "../usage/usage-state.ts";

interface BusiestProjectsProps {
  projects: ProjectTraffic[];
  range: RangeName;
  /** "the last 24 hours" */
  words: string;
}

/** The projects that were checked most; each opens its own usage of the same range. */
export function BusiestProjects({ projects, range, words }: BusiestProjectsProps) {
  return (
    <Card flush className="overflow-hidden">
      <h3 className="px-5 pt-5 pb-3 text-base font-semibold">Projects by traffic</h3>
      {projects.length === 0 ? (
        <p className="px-5 pb-5 text-sm text-muted">No key of any project was checked in {words}.</p>
      ) : (
        <Table dense aria-label="Projects by traffic">
          <Thead>
            <tr>
              <Th className="pl-5!">Project</Th>
              <Th numeric>Checks</Th>
              <Th numeric>Refused</Th>
              <Th numeric className="pr-5! max-sm:hidden">
                Share
              </Th>
            </tr>
          </Thead>
          <tbody>
            {projects.map(({ projectId, name, deleted, checks, refused }) => (
              <Tr key={projectId} interactive={!deleted}>
                <Td className="w-full max-w-0 truncate pl-5!">
                  {deleted ? (
                    <span className="text-muted">{name} (deleted)</span>
                  ) : (
                    <Link
                      href={`/projects/${projectId}/usage?range=${range}`}
                      prefetch={false}
                      className="font-medium after:absolute after:inset-0"
                    >
                      {name}
                    </Link>
                  )}
                </Td>
                <Td numeric>
                  <FormattedNumber value={checks} />
                </Td>
                <Td numeric>
                  <FormattedNumber value={refused} />
                </Td>
                <Td numeric className="pr-5! whitespace-nowrap text-muted max-sm:hidden">
                  {formatShare(refused, checks)}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
