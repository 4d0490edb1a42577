import { useRef, useState } from "react";
import { type IntegrationFile, type Stack, stackOf } from "./stacks.ts";

/** The chosen stack and its files, which are null while they load. Without a choice, the stack that needs no file. */
export function useIntegrationFiles() {
  const [state, setState] = useState({ stack: stackOf(null), files: [] as IntegrationFile[] | null });
  const [failed, setFailed] = useState(false);
  const latest = useRef<Stack | null>(null);

  async function choose(id: string) {
    const stack = stackOf(id);
    latest.current = stack;
    setFailed(false);
    setState({ stack, files: stack.paths.length > 0 ? null : [] });
    if (stack.paths.length === 0) return;
    const files = await loadFiles(stack);
    if (latest.current !== stack) return;
    if (files === null) setFailed(true);
    else setState({ stack, files });
  }

  return { ...state, failed, choose };
}

async function loadFiles({ id }: Stack): Promise<IntegrationFile[] | null> {
  try {
    const response = await fetch(`/integration/${id}`);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
