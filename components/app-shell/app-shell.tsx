import type { ReactNode } from "react";
import { CommandMenuHost } from "./command-menu-button.tsx";
import { Logo } from "./logo.tsx";
import type { SearchAction, ShellProject } from "./nav.ts";
import { NotificationsButton } from "./notifications-button.tsx";
import { Sidebar } from "./sidebar.tsx";
import { TopBar } from "./top-bar.tsx";
import { UserIdentity } from "./user-identity.tsx";

interface FrameProps {
  person: { name: string; siteRole: "admin" | "developer" };
  projects: ShellProject[];
  search: SearchAction;
  signOut: () => Promise<void>;
  children: ReactNode;
}

/** What stands around every page: the rail at the left, or on a phone a bar that opens it. */
export function AppShell({ person, projects, search, signOut, children }: FrameProps) {
  const admin = person.siteRole === "admin";
  const rail = (
    <Sidebar
      projects={projects}
      admin={admin}
      head={
        <>
          <Logo />
          <NotificationsButton />
        </>
      }
      foot={<UserIdentity name={person.name} siteRole={person.siteRole} signOut={signOut} />}
    />
  );
  return (
    <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-20 rounded bg-accent-fill px-3 py-2 font-medium text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <div className="sticky top-0 z-10 hidden h-dvh border-r border-border lg:block">{rail}</div>
      <TopBar>{rail}</TopBar>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-page px-4 py-6 outline-none sm:px-8 sm:py-8"
      >
        {children}
      </main>
      <CommandMenuHost admin={admin} projects={projects} search={search} />
    </div>
  );
}
