import { type ComponentType, lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";
import { untilLoaded } from "./connection.ts";

type Load<Props> = () => Promise<ComponentType<Props>>;

/**
 * A component whose code the browser fetches when it renders it. The server renders it too. A component that
 * only a later press shows needs a `Suspense` around it: without, the whole page is hidden until its code is there.
 */
export function lazyComponent<Props extends object>(load: Load<Props>): ComponentType<Props> {
  const Component = lazy(async () => ({ default: await untilLoaded(load) }));
  // A function: server components already refer to it lazily, and React rejects a lazy component inside a lazy one.
  return (props) => <Component {...props} />;
}

/**
 * The same for components that only the browser renders, such as dialogs: they show nothing until their code has loaded.
 * Both functions together are a tenth the size of `next/dynamic`, which every page would load.
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
