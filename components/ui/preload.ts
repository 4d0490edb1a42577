/**
 * For what opens a lazy component: its code is loaded as soon as the pointer or the focus is there. If that fails, opening
 * it loads the code.
 */
export function preloadOn(load: () => Promise<unknown>) {
  const preload = () => void load().catch(() => {});
  return { onPointerEnter: preload, onFocus: preload };
}
