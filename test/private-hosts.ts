import { spawnSync } from "node:child_process";

/** Root needs no namespace of users, which some systems forbid. */
const FLAGS = process.getuid?.() === 0 ? ["--mount"] : ["--map-root-user", "--mount"];

/** Whether programs can be started with their own hosts file here: on Linux, as root or with namespaces of users. */
export const HAS_PRIVATE_HOSTS = spawnSync("unshare", [...FLAGS, "true"]).status === 0;

/** The command that starts `program` with this file in the place of /etc/hosts. The file may change meanwhile. */
export function withHosts(file: string, program: string, args: string[]): [program: string, args: string[]] {
  const start = 'mount --bind "$0" /etc/hosts && exec "$@"';
  return ["unshare", [...FLAGS, "sh", "-c", start, file, program, ...args]];
}
