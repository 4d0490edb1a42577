export type Sdk = "typescript" | "python" | "go";

/**
 * The name under which each SDK is published in its registry (npm, PyPI, the Go module proxy); null before that. Then no
 * page may let people install the SDK by its name, which belongs to someone else or can be taken by anyone. Set
 * it after publishing, as docs/contribute/release.md says: the tests name the pages to change.
 */
export const PUBLISHED: Readonly<Record<Sdk, string | null>> = {
  typescript: null,
  // `latchkey` on PyPI is a package of someone else.
  python: null,
  go: null,
};

/** The module's path in import statements. */
const GO_MODULE = "github.com/latchkey/latchkey/sdk/go";
const CHECKOUT = "# LATCHKEY_SOURCE is the folder of a checkout of Latchkey";

/** The commands that install an SDK, and packages from its registry. Without a published SDK, from a checkout. */
export function installCommands(sdk: Sdk, packages: readonly string[] = []): string {
  const name = PUBLISHED[sdk];
  switch (sdk) {
    case "typescript":
      if (name !== null) return command("npm i", name, packages);
      return [
        CHECKOUT,
        `(cd "$LATCHKEY_SOURCE" && npm ci && npm run build -w @latchkey/sdk)`,
        // Packed: npm would replace a folder by a link at the next install, which bundlers don't follow.
        command("npm i", `"$(npm pack --silent "$LATCHKEY_SOURCE/sdk/typescript")"`, packages),
      ].join("\n");
    case "python":
      if (name !== null) return command("pip install", name, packages);
      return [CHECKOUT, command("pip install", `"$LATCHKEY_SOURCE/sdk/python"`, packages)].join("\n");
    case "go":
      if (name !== null) return command("go get", name, packages);
      return [
        CHECKOUT,
        // First, so that nothing asks the module proxy for the path.
        `go mod edit -replace "${GO_MODULE}=$LATCHKEY_SOURCE/sdk/go"`,
        `go get ${GO_MODULE}@v0.0.0`,
      ].join("\n");
  }
}

function command(install: string, sdk: string, packages: readonly string[]): string {
  return [install, sdk, ...packages].join(" ");
}
