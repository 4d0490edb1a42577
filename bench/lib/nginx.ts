import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Server, startServer } from "./server.ts";

/** nginx (one process) that returns a constant of `bytes` bytes to everything. */
export async function startNginx(port: number, bytes: number): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-nginx-"));
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
    events { worker_connections 1024; }
    http {
      access_log off; client_body_temp_path ${folder}; keepalive_requests 100000000;
      proxy_temp_path ${folder}; fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
      server {
        listen 127.0.0.1:${port};
        location / { default_type application/json; return 200 '${"x".repeat(bytes)}'; }
      }
    }`,
  );
  const server = await startServer({
    program: "nginx",
    args: ["-c", file],
    url: `http://127.0.0.1:${port}`,
    readyPath: "/",
  });
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
