import { type OwnProcess, startOwnProcess } from "./child-process.ts";

export type VerifierProcess = OwnProcess;

export function startVerifier(env: Record<string, string>): Promise<VerifierProcess> {
  const verifier = { file: "verifier/main.ts", portSetting: "VERIFIER_PORT", readyPath: "/readyz" } as const;
  return startOwnProcess(verifier, env);
}
