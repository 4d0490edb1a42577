import { authText } from "#components/auth/text.ts";
import { expect, withHydrationWait } from "./fixtures.ts";
import { test } from "./outside.ts";
import { signInByForm } from "./steps.ts";

/** Not a file of tests: another file has these among its own, so that both use one deployment. */
export function testForgottenPassword(): void {
  test("a forgotten password is replaced by a link that was mailed, and an unknown address gets the same answer", async ({
    browser,
    page,
    deployment,
  }) => {
    const { outside, portalUrl } = deployment;
    const email = "frida@example.com";
    const passwords = ["frida's first long password", "frida's second long password"] as const;
    await deployment.cli(
      ["user", "create", "--email", email, "--name", "Frida", "--role", "developer", "--password-stdin"],
      passwords[0],
    );
    const elsewhere = withHydrationWait(await (await browser.newContext()).newPage());
    await signInByForm(elsewhere, deployment, { email, password: passwords[0] });

    const answers: (string | null)[] = [];
    for (const address of ["nobody@example.com", email]) {
      await page.goto(`${portalUrl}/forgot-password`);
      await page.getByLabel("Email").fill(address);
      await page.getByRole("button", { name: authText.emailLink.submit }).click();
      const status = page.getByRole("status").filter({ hasText: address });
      await expect(status).toBeVisible();
      answers.push((await status.textContent())?.replace(address, "") ?? null);
    }
    expect(answers[0]).toBe(answers[1]);
    const toFrida = () => outside.mails.filter(({ to }) => to.includes(email));
    await expect.poll(toFrida).toHaveLength(1);
    expect(outside.mails.filter(({ to }) => to.includes("nobody@example.com"))).toEqual([]);
    const link = /https?:\/\/\S+\/reset-password\S*/.exec(toFrida()[0]?.text ?? "")?.[0] ?? "";
    // A scanner that opens the link first does not use it up.
    for (const method of ["HEAD", "GET"]) {
      expect((await page.request.fetch(link, { method })).status()).toBe(200);
    }
    await page.goto(link);
    await page.getByLabel("New password").fill(passwords[1]);
    await page.getByRole("button", { name: "Set new password" }).click();
    await expect(page.getByRole("status")).toContainText("Your password was changed");
    await signInByForm(page, deployment, { email, password: passwords[1] });
    // The reset ended every other session.
    await elsewhere.goto(`${portalUrl}/projects`);
    await expect(elsewhere).toHaveURL(/\/sign-in/);
    await elsewhere.context().close();
  });
}
