"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { Badge } from "../ui/badge.tsx";
import { replaceSecrets } from "../ui/replace-secrets.ts";
import { commandMenuActions, commandMenuPages, keyActions } from "./command-menu-items.ts";
import { commandMenuText as text } from "./command-menu-text.ts";
import type { SearchAction, ShellPage, ShellProject } from "./nav.ts";
import { NO_QUERY, type SearchAnswer, searchAnswer, statusOf } from "./search-answer.ts";
import { shellText } from "./text.ts";

interface CommandMenuProps {
  open: boolean;
  onClose: () => void;
  admin: boolean;
  /** Shows the keyboard shortcuts. */
  onHelp: () => void;
  project: ShellProject | null;
  projects: ShellProject[];
  search: SearchAction;
}

const DEBOUNCE_MS = 120;

/** The keys whose actions are offered: with more results, the reader has not decided on one yet. */
const MAX_KEYS_WITH_ACTIONS = 2;

/** The command menu (⌘K): finds projects, keys, APIs and pages, and starts actions. */
export function CommandMenu(props: CommandMenuProps) {
  const { open, onClose, onHelp, admin, project, projects, search } = props;
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const query = replaceSecrets(typed.trim());
  const answer = useSearchAnswer(query, search);
  const { found } = answer;
  const pages = commandMenuPages(project, admin).filter((page) => matches(page, query));
  const keysWithActions = found.keys.length <= MAX_KEYS_WITH_ACTIONS ? found.keys : [];
  const actions = [
    ...keysWithActions.flatMap(keyActions),
    ...commandMenuActions(project, projects, admin).filter((action) => matches(action, query)),
  ];
  const offersHelp = matches({ label: text.actions.shortcuts }, query);
  const isEmpty =
    Number(offersHelp) +
      actions.length +
      pages.length +
      found.projects.length +
      found.keys.length +
      found.apis.length ===
    0;
  const status = statusOf({ query, answer, isEmpty });

  const go = (href: string) => {
    setTyped("");
    onClose();
    router.push(href);
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="popup fixed inset-x-3 top-[10vh] mx-auto max-w-xl overflow-hidden">
          <Dialog.Title className="sr-only">{shellText.search}</Dialog.Title>
          <Command label={text.searchLabel} shouldFilter={false} loop>
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder={text.searchPlaceholder}
              className="h-12 w-full border-b border-border bg-transparent outline-none focus:border-accent px-4 text-lg sm:text-base"
            />
            <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5">
              <Group heading={text.groups.keys} show={found.keys.length > 0}>
                {found.keys.map((key) => (
                  <Item
                    key={key.id}
                    value={key.id}
                    onSelect={() => go(`/projects/${key.project.id}/keys/${key.id}`)}
                  >
                    <span className="min-w-0 flex-1">
                      <span className="block truncate">{key.name}</span>
                      <span className="block truncate text-xs text-muted">
                        <span className="font-mono">{key.hint}</span>
                        {text.in}
                        {key.project.name}
                      </span>
                    </span>
                    <Badge tone={key.environment === "live" ? "accent" : "inert"}>
                      {key.environment === "live" ? text.live : text.test}
                    </Badge>
                  </Item>
                ))}
              </Group>
              <Group heading={text.groups.actions} show={actions.length > 0 || offersHelp}>
                {actions.map((action) => (
                  <Item key={action.href} value={`do ${action.href}`} onSelect={() => go(action.href)}>
                    <span className="truncate">{action.label}</span>
                  </Item>
                ))}
                {offersHelp ? (
                  <Item
                    value="do help"
                    onSelect={() => {
                      onClose();
                      onHelp();
                    }}
                  >
                    <span className="flex-1">{text.actions.shortcuts}</span>
                    <kbd className="rounded border border-border px-1 font-sans text-xs text-muted">?</kbd>
                  </Item>
                ) : null}
              </Group>
              <Group heading={text.groups.projects} show={found.projects.length > 0}>
                {found.projects.map(({ id, name }) => (
                  <Item key={id} value={id} onSelect={() => go(`/projects/${id}`)}>
                    {name}
                  </Item>
                ))}
              </Group>
              <Group heading={text.groups.apis} show={found.apis.length > 0}>
                {found.apis.map(({ slug, name }) => (
                  <Item key={slug} value={`api ${slug}`} onSelect={() => go(`/apis/${slug}`)}>
                    <span className="flex-1 truncate">{name}</span>
                    <span className="font-mono text-xs text-muted">{slug}</span>
                  </Item>
                ))}
              </Group>
              <Group heading={text.groups.pages} show={pages.length > 0}>
                {pages.map((page) => (
                  <Item key={page.href} value={page.href} onSelect={() => go(page.href)}>
                    {page.label}
                  </Item>
                ))}
              </Group>
              {status === null ? null : (
                <p role="status" className="px-3 py-8 text-center text-sm text-muted">
                  {status}
                </p>
              )}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The last answer of the search, which is asked when typing pauses. Answers to earlier queries are dropped. */
function useSearchAnswer(query: string, search: SearchAction): SearchAnswer {
  const [answer, setAnswer] = useState(NO_QUERY);
  useEffect(() => {
    if (query === "") return;
    let wanted = true;
    const timer = setTimeout(async () => {
      const next = await searchAnswer(search, query);
      if (wanted) setAnswer(next);
    }, DEBOUNCE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [query, search]);
  return query === "" ? NO_QUERY : answer;
}

function matches(page: Pick<ShellPage, "label">, query: string): boolean {
  return page.label.toLowerCase().includes(query.toLowerCase());
}

function Group({ heading, show, children }: { heading: string; show: boolean; children: ReactNode }) {
  if (!show) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

function Item({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-2 rounded px-2.5 py-1 text-sm data-[selected=true]:bg-hover"
    >
      {children}
    </Command.Item>
  );
}
