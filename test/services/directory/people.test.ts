import { describe, expect, it } from "vitest";
import { createPeople } from "../../../src/services/directory/people.ts";
import type { SlackUser } from "../../../src/services/directory/person.ts";

const ana: SlackUser = {
  teamId: "T1",
  userId: "U1",
  name: "Ana",
  email: "Ana.Ribeiro@Example.com",
  emailConfirmed: true,
  timeZone: "Europe/Lisbon",
  locale: "pt-PT",
  isBot: false,
  isGuest: false,
  isDeactivated: false,
  isStranger: false,
};

const peopleWith = (change: Partial<SlackUser> | null, owners: readonly string[] = ["U1"]) =>
  createPeople({
    directory: {
      teamId: async () => "T1",
      user: async () => (change === null ? null : { ...ana, ...change }),
      userIdsByEmail: async (email) => (email === "ana.ribeiro@example.com" ? owners : []),
      groupMembers: async (groupId) => (groupId === "S1" ? ["U1", "U2"] : []),
    },
    config: { allowedEmailDomains: ["example.com"], zpaUserByEmail: new Map([["mapped@example.com", "mapped@zpa.example"]]), admins: [] },
  });

const byUs = { teamId: "T1", userId: "U1" };

describe("trusting a person", () => {
  it("gives their name, email in lower case, zone and locale as Slack has them", async () => {
    expect(await peopleWith({}).trusted(byUs)).toEqual({
      teamId: "T1",
      userId: "U1",
      name: "Ana",
      email: "ana.ribeiro@example.com",
      zpaUser: "ana.ribeiro@example.com",
      timeZone: "Europe/Lisbon",
      locale: "pt-PT",
    });
  });

  it("knows the ZPA user name of an email that the mapping names", async () => {
    expect(await peopleWith({ email: "Mapped@example.com" }).trusted(byUs)).toMatchObject({ zpaUser: "mapped@zpa.example" });
  });

  it("falls back to UTC and English where Slack says nothing", async () => {
    expect(await peopleWith({ timeZone: null, locale: null }).trusted(byUs)).toMatchObject({ timeZone: "Etc/UTC", locale: "en-US" });
  });

  it.each([
    ["nobody of that id", null, "person_unknown"],
    ["a bot", { isBot: true }, "person_is_bot"],
    ["a guest", { isGuest: true }, "person_is_guest"],
    ["a deactivated person", { isDeactivated: true }, "person_deactivated"],
    ["a stranger by Slack Connect", { isStranger: true }, "team_not_trusted"],
    ["a member of another team", { teamId: "T2" }, "team_not_trusted"],
    ["no email", { email: null }, "email_missing"],
    ["an email that is none", { email: "ana" }, "email_missing"],
    ["an email with two at signs", { email: "ana@evil.org@example.com" }, "email_missing"],
    ["an unconfirmed email", { emailConfirmed: false }, "email_unconfirmed"],
    ["an email of another domain", { email: "ana@example.com.evil.org" }, "email_domain_not_allowed"],
    ["an email of a sub-domain", { email: "ana@sub.example.com" }, "email_domain_not_allowed"],
  ] as const)("refuses %s", async (_, change, code) => {
    await expect(peopleWith(change).trusted(byUs)).rejects.toMatchObject({ code });
  });

  it("refuses a click that came from another team, whoever it names", async () => {
    await expect(peopleWith({}).trusted({ teamId: "T2", userId: "U1" })).rejects.toMatchObject({ code: "team_not_trusted" });
  });

  it.each([[["U1", "U2"]], [["U2"]]])("refuses an email that two users share (%j)", async (owners) => {
    await expect(peopleWith({}, owners).trusted(byUs)).rejects.toMatchObject({
      code: "email_shared",
      details: { params: { name: "Ana" } },
    });
  });
});

describe("membership in groups", () => {
  it("is the subset of the groups asked about, in their order", async () => {
    expect(await peopleWith({}).groupsOf("U2", ["S2", "S1"])).toEqual(["S1"]);
    expect(await peopleWith({}).groupsOf("U3", ["S1"])).toEqual([]);
  });
});
