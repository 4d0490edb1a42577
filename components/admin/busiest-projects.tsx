import type { ProjectTraffic } from "#domain/usage/schema.ts";
import { Card } from "../ui/card.tsx";
import { DataTable, RowLink } from "../ui/data-table.tsx";
import { formatShare } from "../ui/format.ts";
import { FormattedNumber } from "../ui/number.tsx";
import type { RangeName } from "../usage/usage-state.ts";
import { adminText } from "./text.ts";

const { usage: text } = adminText;

interface BusiestProjectsProps {
  projects: ProjectTraffic[];
  range: RangeName;
  /** "the last 24 hours" */
  words: string;
}

/** The projects with the most requests. Each links to its own usage in the same range. */
export function BusiestProjects({ projects, range, words }: BusiestProjectsProps) {
  return (
    <Card flush className="overflow-hidden">
      <h3 className="px-5 pt-5 pb-3 text-base font-semibold">{text.busiest}</h3>
      <DataTable
        bare
        dense
        label={text.busiest}
        rows={projects}
        rowKey={({ projectId }) => projectId}
        empty={<p className="px-5 pb-5 text-sm text-muted">{text.noRequests(words)}</p>}
        columns={[
          {
            label: text.project,
            className: "sm:w-full",
            value: ({ projectId, name, deleted }) =>
              deleted ? (
                <span className="text-muted">{text.deleted(name)}</span>
              ) : (
                <RowLink href={`/projects/${projectId}/usage?range=${range}`}>{name}</RowLink>
              ),
          },
          { label: text.requests, numeric: true, value: ({ checks }) => <FormattedNumber value={checks} /> },
          { label: text.denied, numeric: true, value: ({ denied }) => <FormattedNumber value={denied} /> },
          {
            label: text.share,
            numeric: true,
            className: "whitespace-nowrap text-muted",
            value: ({ denied, checks }) => formatShare(denied, checks),
          },
        ]}
      />
    </Card>
  );
}
