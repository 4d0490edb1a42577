import { DEMO_SIGN_INS } from "#demo/seed.ts";

/** Signs the demo's administrator in as the sign-in page does, and returns the `Cookie` header. */
export async function signIn(url: string): Promise<string> {
  const [admin] = DEMO_SIGN_INS;
  const jar = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url + path, {
      ...init,
      redirect: "manual",
      headers: { ...init.headers, cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";")[0]?.split(/=(.*)/s) ?? [];
      jar.set(name, value);
    }
    return response;
  };
  const { csrfToken } = await (await send("/api/auth/csrf")).json();
  const form = new URLSearchParams({
    csrfToken,
    email: admin?.email ?? "",
    password: admin?.password ?? "",
    json: "true",
  });
  await send("/api/auth/callback/credentials", { method: "POST", body: form });
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const home = await fetch(`${url}/projects`, { redirect: "manual", headers: { cookie } });
  if (home.status !== 200) throw new Error(`signing in did not work: /projects answered ${home.status}`);
  return cookie;
}
