import {
  Activity,
  Ban,
  Bell,
  BellRing,
  Blocks,
  BookOpen,
  ChartColumn,
  FolderOpen,
  Gauge,
  KeyRound,
  ListTree,
  type LucideIcon,
  Menu,
  ReceiptText,
  ScrollText,
  Settings,
  ShieldCheck,
  SquareTerminal,
  Users,
  Webhook,
  WifiOff,
} from "lucide-react";
import type { ReactNode } from "react";
import type { BrandLinks } from "#core/brand/brand.ts";
import { Alert } from "../ui/card.tsx";
import { BrandLinkList } from "./brand-links.tsx";
import { CommandMenuHost } from "./command-menu-button.tsx";
import { Logo, type LogoBrand } from "./logo.tsx";
import type { SearchAction, ShellPage, ShellProject } from "./nav.ts";
import { NotificationsButton } from "./notifications-button.tsx";
import { OfflineNotice } from "./offline-notice.tsx";
import { serverShellText } from "./server-text.ts";
import { Sidebar } from "./sidebar.tsx";
import { shellText } from "./text.ts";
import { TopBar } from "./top-bar.tsx";
import { UserIdentity } from "./user-identity.tsx";

const ICONS: Record<ShellPage["icon"], LucideIcon> = {
  overview: Activity,
  keys: KeyRound,
  usage: ChartColumn,
  requests: ListTree,
  statements: ReceiptText,
  denials: Ban,
  limits: Gauge,
  apis: Blocks,
  members: Users,
  settings: Settings,
  audit: ScrollText,
  webhooks: Webhook,
  alerts: BellRing,
  tokens: SquareTerminal,
  catalog: BookOpen,
  admin: ShieldCheck,
  projects: FolderOpen,
};

interface AppShellProps {
  brand: LogoBrand & { links: BrandLinks };
  person: { name: string; siteRole: "admin" | "developer" };
  projects: ShellProject[];
  /** The project that the browser has shown last. */
  lastProject: ShellProject | null;
  search: SearchAction;
  signOut: () => Promise<void>;
  children: ReactNode;
}

/** The frame around every page: a sidebar at the left, or a top bar with a drawer on a phone. */
export function AppShell({ brand, person, projects, lastProject, search, signOut, children }: AppShellProps) {
  const admin = person.siteRole === "admin";
  const icons = Object.fromEntries(
    Object.entries(ICONS).map(([name, Icon]) => [name, <Icon key={name} aria-hidden className="size-4" />]),
  ) as Record<ShellPage["icon"], ReactNode>;
  const bell = <Bell aria-hidden className="size-4" />;
  const sidebar = (head: ReactNode) => (
    <Sidebar
      projects={projects}
      lastProject={lastProject}
      admin={admin}
      icons={icons}
      head={head}
      foot={
        <div className="grid gap-2">
          <BrandLinkList links={brand.links} api className="px-2" />
          <UserIdentity name={person.name} siteRole={person.siteRole} signOut={signOut} />
        </div>
      }
    />
  );
  return (
    <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)] print:block">
      <a
        href="#content"
        className="sr-only z-20 rounded bg-accent-fill px-3 py-2 font-medium text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {shellText.skip}
      </a>
      <div className="sticky top-0 z-10 hidden h-dvh border-r border-border lg:block print:hidden">
        {sidebar(
          <>
            <Logo brand={brand} />
            <NotificationsButton icon={bell} />
          </>,
        )}
      </div>
      {/* In the drawer, the button that closes it takes the place of the notifications, which the top bar has. */}
      <TopBar logo={<Logo brand={brand} />} icons={{ menu: <Menu aria-hidden />, notifications: bell }}>
        {sidebar(<Logo brand={brand} />)}
      </TopBar>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-page px-4 py-6 outline-none sm:px-8 sm:py-8 print:p-0"
      >
        <noscript>
          <div className="mb-6">
            <Alert>{serverShellText.noScript}</Alert>
          </div>
        </noscript>
        {children}
      </main>
      <OfflineNotice icon={<WifiOff aria-hidden className="size-4 shrink-0 text-attention" />} />
      <CommandMenuHost admin={admin} projects={projects} lastProject={lastProject} search={search} />
    </div>
  );
}
