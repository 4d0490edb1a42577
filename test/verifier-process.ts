import { type ServerProcess, startServerProcess } from "./server-process.ts";

export type VerifierProcess = ServerProcess;

export function startVerifier(env: Record<string, string>): Promise<VerifierProcess> {
  const verifier = { file: "verifier/main.ts", portSetting: "VERIFIER_PORT", readyPath: "/readyz" } as const;
  return startServerProcess(verifier, env);
}
