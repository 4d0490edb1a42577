import type { RequestPage } from "#domain/usage/requests/schema.ts";
import { useServerData } from "../ui/use-server-data.ts";
import { REQUEST_LIST, type RequestState } from "./request-state.ts";

/** How often the first page is refreshed while the browser tab is visible, in ms. */
export const REFRESH_MS = 3_000;

interface RequestQuery {
  projectId: string;
  state: RequestState;
  /** What the server has already read, and for which state. */
  initial: { state: RequestState; page: RequestPage };
}

/** The requests of a state. The first page refreshes itself; later pages do not change. */
export function useRequests({ projectId, state, initial }: RequestQuery) {
  const hrefOf = (of: RequestState) => REQUEST_LIST.href(`/projects/${projectId}/requests/data`, of);
  return useServerData({
    href: hrefOf(state),
    initial: { href: hrefOf(initial.state), data: initial.page },
    everyMs: state.cursor ? null : REFRESH_MS,
  });
}
