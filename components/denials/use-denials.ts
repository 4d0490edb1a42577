import type { DenialPage } from "#domain/keys/denials/schema.ts";
import { useServerData } from "../ui/use-server-data.ts";
import { DENIAL_LIST, type DenialState } from "./denial-state.ts";

/** How often the first page is refreshed while the browser tab is visible, in ms. */
export const REFRESH_MS = 5_000;

interface DenialQuery {
  projectId: string;
  state: DenialState;
  /** What the server has already read, and for which state. */
  initial: { state: DenialState; page: DenialPage };
}

/** The denied requests of a state. The first page refreshes itself; later pages do not change. */
export function useDenials({ projectId, state, initial }: DenialQuery) {
  const hrefOf = (of: DenialState) => DENIAL_LIST.href(`/projects/${projectId}/denials/data`, of);
  return useServerData({
    href: hrefOf(state),
    initial: { href: hrefOf(initial.state), data: initial.page },
    everyMs: state.cursor ? null : REFRESH_MS,
  });
}
