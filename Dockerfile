# Two images: docker build --target portal . and docker build --target verifier .
# The build needs no secrets: settings are read when a container starts.

# The Node.js version of package-lock.json (a test compares them).
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1

# Native modules are prebuilt, so no install scripts are needed. The base image already has this Node.js version.
FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
COPY scripts/runtime scripts/runtime
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force \
    && rm -rf node_modules/node-linux-* node_modules/latchkey-runtime node_modules/.bin/node

FROM base AS build
COPY package.json package-lock.json .npmrc ./
COPY scripts/runtime scripts/runtime
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && rm -rf .next/cache

# Remove what no verifier imports: the libraries of the pages (npm run check enforces that).
FROM dependencies AS verifier-dependencies
RUN rm -rf node_modules/next node_modules/@next node_modules/@img node_modules/sharp \
    node_modules/react-dom node_modules/recharts node_modules/lucide-react node_modules/@base-ui

FROM base AS runtime
# Shown in logs, metrics and pages; by default the version in package.json.
ARG VERSION=
ENV NODE_ENV=production LATCHKEY_DATA_DIR=/data LATCHKEY_VERSION=$VERSION
# The unprivileged user of the base image, by number, so that an orchestrator can see that it is not root.
RUN mkdir /data && chown 1000:1000 /data
VOLUME /data
COPY package.json ./
COPY core core
COPY platform platform
COPY db db
COPY engine engine
COPY verifier verifier
STOPSIGNAL SIGTERM

FROM runtime AS verifier
COPY --from=verifier-dependencies /app/node_modules node_modules
USER 1000:1000
EXPOSE 3001
# Liveness, not readiness: a verifier without its database must not be killed.
HEALTHCHECK --interval=10s --timeout=3s --start-period=40s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.VERIFIER_PORT || 3001}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "verifier/main.ts"]

FROM runtime AS portal
COPY --from=dependencies /app/node_modules node_modules
COPY next.config.mjs ./
COPY domain domain
COPY demo demo
COPY server server
COPY cli cli
# Shown in pages.
COPY docs/integrate/gateways docs/integrate/gateways
COPY sdk/typescript/examples sdk/typescript/examples
COPY sdk/python/examples sdk/python/examples
COPY sdk/go/examples sdk/go/examples
COPY --from=build /app/.next .next
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=40s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
