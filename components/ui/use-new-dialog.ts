import { useEffect } from "react";
import { useNewParam } from "./use-url-state.ts";

type Load = () => Promise<unknown>;

/** Of the dialogs that create something on this page. */
const loads = new Set<Load>();

/** Loads the code of those dialogs. */
export async function loadNewDialogs(): Promise<void> {
  await Promise.all([...loads].map((load) => load()));
}

/** `useNewParam` for the dialog itself. `load`: always the same function, which `NewLink` calls before it is pressed. */
export function useNewDialog(load: Load) {
  useEffect(() => {
    loads.add(load);
    return () => {
      loads.delete(load);
    };
  }, [load]);
  return useNewParam();
}
