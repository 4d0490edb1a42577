import type { Metadata } from "next";
import type { ReactNode } from "react";
import { InviteButton } from "#components/members/invite-button.tsx";
import { membersText as text } from "#components/members/text.ts";
import { Card } from "#components/ui/card.tsx";
import { FactLine, PageHeader } from "#components/ui/page-header.tsx";
import { listMembers } from "#domain/access/members/list.ts";
import type { ProjectDetail } from "#domain/projects/schema.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { inviteMember } from "./actions.ts";
import { InvitationTable } from "./invitation-table.tsx";
import { LeaveButton, MemberTable } from "./member-table.tsx";
import { TransferOwnership } from "./transfer-ownership.tsx";

export const metadata: Metadata = { title: text.title };

export default async function MembersPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const [project, { actor }] = await Promise.all([projectOf(projectId), pageCtx()]);
  const ownId = actor.kind === "user" ? actor.userId : "";
  if (project.role !== "owner") return <OwnMembership project={project} />;
  const { members, invitations } = await readForPage(listMembers, { projectId });
  const candidates = members.filter(({ user }) => user.id !== ownId).map(({ user }) => user);
  const isOwner = members.some(({ user, role }) => user.id === ownId && role === "owner");
  return (
    <div className="grid gap-8">
      <Header
        project={project}
        invited={invitations.length}
        actions={<InviteButton projectId={projectId} invite={inviteMember} />}
      />
      <MemberTable projectId={projectId} projectName={project.name} members={members} ownId={ownId} />
      {invitations.length > 0 ? <InvitationTable projectId={projectId} invitations={invitations} /> : null}
      {isOwner && candidates.length > 0 ? (
        <TransferOwnership projectId={projectId} candidates={candidates} />
      ) : null}
    </div>
  );
}

interface HeaderProps {
  project: ProjectDetail;
  invited: number;
  actions?: ReactNode;
}

function Header({ project, invited, actions }: HeaderProps) {
  return (
    <PageHeader
      crumbs={[{ label: project.name, href: `/projects/${project.id}` }]}
      title={text.title}
      facts={
        <FactLine
          items={[
            { key: "members", value: text.facts(project.members) },
            { key: "invited", value: text.invited(invited) },
          ]}
        />
      }
      actions={actions}
    />
  );
}

/** What members other than owners see: their role, whom to ask for another, and how to leave. */
function OwnMembership({ project }: { project: ProjectDetail }) {
  const role = text.roles[project.role];
  return (
    <div className="grid gap-8">
      <Header project={project} invited={0} />
      <Card className="flex flex-wrap items-center justify-between gap-4">
        <div className="grid gap-1">
          <p>
            {text.ownRole} <strong className="font-semibold">{role.name.toLowerCase()}</strong>. {role.may}
          </p>
          <p className="text-muted">{text.askOwners(project.owners.map(({ name }) => name).join(", "))}</p>
        </div>
        <LeaveButton projectId={project.id} projectName={project.name} />
      </Card>
    </div>
  );
}
