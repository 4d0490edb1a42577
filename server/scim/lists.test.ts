import { describe, expect, test } from "vitest";
import { create, find, scim, setUpScim } from "#test/scim-fixture.ts";

setUpScim();

describe("lists", () => {
  test("are filtered with and, or, not, brackets and every comparison", async () => {
    const [ada, bob, cy] = [
      await create("Ada"),
      await create("Bob"),
      await create("Cy_%", { active: false }),
    ];
    const cases: [string, unknown[]][] = [
      ['userName sw "ada" or displayName eq "bob"', [ada, bob]],
      ['displayName co "_%"', [cy]],
      ['displayName co "D"', [ada]],
      ['displayName ew "B" and active eq true', [bob]],
      ["active eq False", [cy]],
      ["not (active eq true)", [cy]],
      ['active ne true or (name.givenName eq "Ada" and name.familyName pr)', [ada, cy]],
      ['emails[type eq "work" and value eq "BOB@acme.example"]', [bob]],
      ['emails[type eq "home"]', []],
      ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "Bob@acme.example"', [bob]],
      [`id ne "${ada.id}" and meta.created ge "2020-01-01T00:00:00Z"`, [bob, cy]],
      [`externalId eq "${ada.externalId.toUpperCase()}"`, /[a-f]/.test(ada.externalId) ? [] : [ada]],
      ['userName gt "b"', [bob, cy]],
      ["externalId eq null", []],
    ];
    for (const [filter, expected] of cases) {
      const { json } = await find(filter);
      const ids = json.Resources.map(({ id }: { id: string }) => id).sort();
      expect(ids, filter).toEqual(expected.map((user) => (user as { id: string }).id).sort());
    }
  });

  test("are filtered without regard to case, in any script", async () => {
    const named = (email: string, displayName: string, familyName: string) =>
      create(displayName, {
        userName: `${displayName}@Acme.example`,
        emails: [{ primary: true, type: "work", value: email }],
        name: { formatted: `${displayName} ${familyName}`, givenName: displayName, familyName },
      });
    const zoe = await named("zoe@acme.example", "Zoë", "Ärger");
    const oyvind = await named("oyvind@acme.example", "ØYVIND", "Lie");
    const cases: [string, unknown[]][] = [
      ['userName sw "ZOË"', [zoe]],
      ['displayName eq "zoË"', [zoe]],
      ['displayName eq "zo"', []],
      ['displayName ne "øyvind"', [zoe]],
      ['name.givenName eq "øyvind"', [oyvind]],
      ['name.familyName eq "äRGER"', [zoe]],
      ['name.formatted sw "ZOË"', [zoe]],
      ['name.familyName co "ä"', [zoe]],
      ['name.familyName ew "ä"', []],
      ['displayName co "Ë"', [zoe]],
      ['displayName ew "oË"', [zoe]],
      ['displayName ew "Ø"', []],
      ['displayName co "*ø"', []],
      ['displayName co "ø.*"', []],
      ['displayName ge "A"', [zoe, oyvind]],
    ];
    for (const [filter, expected] of cases) {
      const { json } = await find(filter);
      const ids = json.Resources.map(({ id }: { id: string }) => id).sort();
      expect(ids, filter).toEqual(expected.map((user) => (user as { id: string }).id).sort());
    }
  });

  test("come in pages, with the total of all", async () => {
    const all = [await create("Ada"), await create("Bob"), await create("Cy")].map(({ id }) => id).sort();
    const page = async (query: string) => (await scim("GET", `/Users?${query}`)).json;
    const first = await page("startIndex=1&count=2");
    expect(first).toMatchObject({ totalResults: 3, startIndex: 1, itemsPerPage: 2 });
    const second = await page("startIndex=3&count=2");
    const ids = [...first.Resources, ...second.Resources].map(({ id }: { id: string }) => id);
    expect(ids).toEqual(all);
    expect(await page("count=0")).toMatchObject({ totalResults: 3, Resources: [] });
    expect(await page("startIndex=-5&count=-1")).toMatchObject({ startIndex: 1, itemsPerPage: 0 });
    expect((await page("attributes=userName")).Resources[0]).toEqual({
      schemas: expect.any(Array),
      id: all[0],
      userName: expect.any(String),
    });
  });

  test.each([
    "userName",
    "userName eq",
    'userName eq "a" and',
    'userName is "a"',
    'password eq "a"',
    "userName eq a",
    'active gt "a"',
    '(userName eq "a"',
    'userName eq "a" userName',
    `${"(".repeat(30)}active pr${")".repeat(30)}`,
    Array.from({ length: 51 }, () => "active pr").join(" or "),
    `userName eq "${"a".repeat(4_000)}"`,
    'userName eq "\' or 1=1 --" or',
  ])("with a filter that can't be used are rejected: %s", async (filter) => {
    expect(await find(filter)).toMatchObject({ status: 400, json: { scimType: "invalidFilter" } });
  });
});
