import type { Metadata } from "next";
import { InviteButton } from "#components/members/invite-button.tsx";
import { ROLE_WORDS } from "#components/members/roles.tsx";
import { Card } from "#components/ui/card.tsx";
import { FactLine, PageHeader } from "#components/ui/page-header.tsx";
import { listMembers } from "#domain/access/members/list.ts";
import type { ProjectDetail } from "#domain/projects/types.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { inviteMember } from "./actions.ts";
import { HandOver } from "./hand-over.tsx";
import { InvitationTable } from "./invitation-table.tsx";
import { Leave, MemberTable } from "./member-table.tsx";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const [project, { actor }] = await Promise.all([projectOf(projectId), pageCtx()]);
  const me = actor.kind === "user" ? actor.userId : "";
  if (project.role !== "owner") return <MembersForOthers project={project} me={me} />;
  const { members, invitations } = await readForPage(listMembers, { projectId });
  const heirs = members.filter((member) => member.user.id !== me).map((member) => member.user);
  const owns = members.some((member) => member.user.id === me && member.role === "owner");
  return (
    <div className="grid gap-8">
      <Header
        project={project}
        waiting={invitations.length}
        actions={<InviteButton projectId={projectId} invite={inviteMember} />}
      />
      <MemberTable projectId={projectId} projectName={project.name} members={members} me={me} />
      {invitations.length > 0 ? <InvitationTable projectId={projectId} invitations={invitations} /> : null}
      {owns && heirs.length > 0 ? <HandOver projectId={projectId} heirs={heirs} /> : null}
    </div>
  );
}

interface HeaderProps {
  project: ProjectDetail;
  waiting: number;
  actions?: React.ReactNode;
}

function Header({ project, waiting, actions }: HeaderProps) {
  return (
    <PageHeader
      crumbs={[{ label: project.name, href: `/projects/${project.id}` }]}
      title="Members"
      facts={
        <FactLine
          items={[
            { key: "members", value: `${project.members} member${project.members === 1 ? "" : "s"}` },
            { key: "waiting", value: waiting > 0 ? `${waiting} invited` : null },
          ]}
        />
      }
      actions={actions}
    />
  );
}

/** What a member who is no owner sees: whom to ask, what they may do, and the way out. */
function MembersForOthers({ project, me }: { project: ProjectDetail; me: string }) {
  const owners = project.owners.map((owner) => owner.name).join(", ");
  const role = ROLE_WORDS[project.role];
  return (
    <div className="grid gap-8">
      <Header project={project} waiting={0} />
      <Card className="flex flex-wrap items-center justify-between gap-4">
        <div className="grid gap-1">
          <p>
            You are a <strong className="font-semibold">{role.name.toLowerCase()}</strong> here. {role.may}
          </p>
          <p className="text-muted">
            Owners decide who belongs to the project and see the list: {owners}. Ask them for another role.
          </p>
        </div>
        <Leave projectId={project.id} projectName={project.name} me={me} />
      </Card>
    </div>
  );
}
