/** The result of one check. A warning does not fail the command. */
export interface CheckFinding {
  name: string;
  status: "ok" | "warning" | "failed";
  message: string;
}

export const passed = (name: string, message: string): CheckFinding => ({ name, status: "ok", message });
export const warned = (name: string, message: string): CheckFinding => ({ name, status: "warning", message });
export const failed = (name: string, message: string): CheckFinding => ({ name, status: "failed", message });
