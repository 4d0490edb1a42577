import { type ComponentType, lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";
import { untilLoaded } from "./connection.ts";

type Load<Props> = () => Promise<ComponentType<Props>>;

/**
 * A component whose code is fetched where it is rendered. The server renders it too. One that only a later press shows
 * needs a `Suspense` around it: without, the whole page is hidden until its code is there.
 */
export function lazyComponent<Props extends object>(load: Load<Props>): ComponentType<Props> {
  const Component = lazy(async () => ({ default: await untilLoaded(load) }));
  // A function, because server components refer to it lazily already, and React rejects a lazy component in another.
  return (props) => <Component {...props} />;
}

/**
 * The same for what only the browser renders, such as a dialog: nothing is shown until its code is there. These two
 * take a tenth of the code of Next's, which every page would load.
 */
export function lazyInBrowser<Props extends object>(load: Load<Props>): ComponentType<Props> {
  const Component = lazyComponent(load);
  return (props) => (
    <InBrowser>
      <Component {...props} />
    </InBrowser>
  );
}

const never = () => () => {};

function InBrowser({ children }: { children: ReactNode }) {
  const isHydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return isHydrated ? <Suspense>{children}</Suspense> : null;
}
