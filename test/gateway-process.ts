import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { vi } from "vitest";
import { gatewayConfiguration, stackOf } from "#components/integration/stacks.ts";
import { freePort } from "./ports.ts";
import { withHosts } from "./private-hosts.ts";
import { ENVOY, TRAEFIK } from "./wheel-programs.ts";

/** How a gateway is started in a folder with its files of docs/integrate/gateways. */
interface Started {
  command: (dir: string) => [program: string, args: string[]];
  /** What the tests need around the first file. */
  wrap?: (config: string, dir: string) => string;
  /** Whether a gateway that accepts connections is configured. Default: always. */
  isReady?: (port: number) => Promise<boolean>;
}

const STARTED: Record<string, Started> = {
  nginx: {
    command: (dir) => ["nginx", ["-p", dir, "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off;"]],
    // Started by root, it would buffer to files as another user, who has no access to the folder.
    wrap: (
      config,
      dir,
    ) => `${process.getuid?.() === 0 ? "user root;" : ""} worker_processes 1; pid ${dir}/nginx.pid; events {}
      http { access_log off; error_log stderr crit;
        ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${dir}/${name};`).join("\n")}
        ${config} }`,
  },
  caddy: {
    command: () => ["caddy", ["run"]],
    wrap: (config) => {
      // HTTP/2 without TLS, where a test asks for it.
      const http2 = config.includes("h2c://") ? " servers {\n protocols h1 h2c\n }\n" : "";
      return `{\n admin off\n auto_https off\n${http2}}\n${config}`;
    },
  },
  haproxy: {
    command: () => ["haproxy", ["-db", "-f", "haproxy.cfg"]],
  },
  envoy: {
    command: () => [
      ENVOY.path(),
      ["-c", "envoy.yaml", "--concurrency", "1", "--disable-hot-restart", "--log-level", "error"],
    ],
  },
  traefik: {
    command: () => [TRAEFIK.path(), ["--configFile=traefik-static.yml"]],
    // It accepts connections before it has read its routers.
    isReady: async (port) => (await fetch(`http://127.0.0.1:${port}/`)).status !== 404,
  },
};

/** Every gateway that is documented. */
export const RUN_GATEWAYS = Object.keys(STARTED);

/** The IPv4 addresses of this machine, one of which Envoy reports for a caller on loopback. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.filter(({ family }) => family === "IPv4").map(({ address }) => address);
}

/** A running gateway. */
export interface GatewayProcess {
  port: number;
  end(): Promise<void>;
}

interface GatewayOptions {
  verifierPort: number;
  servicePort: number;
  token: string;
  /** Changes to each file of the documented configuration, besides ports and token. */
  change?: (config: string) => string;
  /** The gateway's hosts file. Needs `HAS_PRIVATE_HOSTS`. Default: that of the machine. */
  hosts?: string;
}

/** Starts a gateway on its configuration of docs/integrate/gateways, and waits until it answers. */
export async function startGateway(
  name: string,
  { verifierPort, servicePort, token, change = (config) => config, hosts }: GatewayOptions,
): Promise<GatewayProcess> {
  const { command, wrap = (config) => config, isReady = async () => true } = STARTED[name] as Started;
  const dir = await mkdtemp(join(tmpdir(), `latchkey-${name}-`));
  const port = await freePort();
  const facts = {
    verifierUrl: `http://127.0.0.1:${verifierPort}`,
    api: "badges",
    token,
    keyPrefix: "lk",
  };
  for (const [index, path] of stackOf(name).paths.entries()) {
    const config = change(
      gatewayConfiguration(await readFile(path, "utf8"), facts)
        .replaceAll("127.0.0.1:8080", `127.0.0.1:${port}`)
        .replaceAll("127.0.0.1:8000", `127.0.0.1:${servicePort}`)
        .replaceAll("port_value: 8080", `port_value: ${port}`)
        .replaceAll("port_value: 8000", `port_value: ${servicePort}`),
    );
    await writeFile(join(dir, basename(path)), index === 0 ? wrap(config, dir) : config);
  }
  const [program, args] = hosts === undefined ? command(dir) : withHosts(hosts, ...command(dir));
  let output = "";
  const gateway = spawn(program, args, {
    cwd: dir,
    env: { ...process.env, HOME: dir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [gateway.stdout, gateway.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  gateway.on("error", (error) => {
    output += error.message;
  });
  const answers = async () => {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect").catch(() => {
      throw new Error(`${name} does not answer: ${output}`);
    });
    socket.destroy();
    if (!(await isReady(port))) throw new Error(`${name} is not ready: ${output}`);
  };
  const end = async () => {
    const ended = once(gateway, "exit");
    if (gateway.exitCode === null && gateway.kill("SIGTERM")) await ended;
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await vi.waitFor(answers, { timeout: 10_000 });
  } catch (error) {
    await end();
    throw error;
  }
  return { port, end };
}
