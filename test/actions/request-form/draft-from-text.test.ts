import { describe, expect, it } from "vitest";
import { draftFromText } from "../../../src/actions/request-form/draft-from-text.ts";
import { parseRequestText } from "../../../src/commands/request-text.ts";
import { en } from "../../../src/texts/en.ts";
import { catalog, now } from "./fixtures.ts";

const fill = (text: string, timeZone = "Europe/Lisbon") =>
  draftFromText(parseRequestText(text, { now, timeZone }), { timeZone, now, catalog, texts: en });

describe("a form filled in from a command", () => {
  it("takes consoles, hours, zone, length and reason", () => {
    const { draft, problems } = fill("db-prod, web-1 weekdays 9-17 Europe/Berlin for 2 weeks because OPS-123");
    expect(problems).toEqual([]);
    expect(draft).toMatchObject({
      consoleIds: ["id-db-prod", "id-web-1"],
      reason: "OPS-123",
      time: {
        when: "recurring",
        days: ["MON", "TUE", "WED", "THU", "FRI"],
        hoursStart: "09:00",
        hoursEnd: "17:00",
        timeZone: "Europe/Berlin",
        periodSeconds: 1_209_600,
        notBefore: null,
      },
    });
  });

  it("is empty and asks for four hours from now on when nothing was typed", () => {
    const { draft, problems } = fill("");
    expect(problems).toEqual([]);
    expect(draft).toMatchObject({
      beneficiaryUserId: null,
      consoleIds: [],
      reason: "",
      time: { when: "now", durationSeconds: 14_400, timeZone: "Europe/Lisbon" },
    });
  });

  it("takes a length from now on", () => {
    expect(fill("db-prod for 90m").draft.time).toMatchObject({ when: "now", durationSeconds: 5_400 });
  });

  it("takes a start with a length as a start with an end, in the person's zone", () => {
    expect(fill("db-prod tomorrow 9:00 for 3h", "Europe/Berlin").draft.time).toMatchObject({
      when: "later",
      start: Date.parse("2026-03-17T08:00:00Z"),
      end: Date.parse("2026-03-17T11:00:00Z"),
    });
  });

  it("takes an end of recurring hours as the last day", () => {
    expect(fill("db-prod weekdays 9-17 until 27 March 2026", "Europe/Berlin").draft.time).toMatchObject({
      when: "recurring",
      periodSeconds: null,
      until: "2026-03-27",
    });
  });

  it("takes for whom it is", () => {
    expect(fill("db-prod for <@U2BEN|ben> for 2h").draft).toMatchObject({ beneficiaryUserId: "U2BEN", time: { durationSeconds: 7_200 } });
  });

  it("never guesses a console, and says what it could be", () => {
    const { draft, problems } = fill("db for 2h because OPS-1");
    expect(draft.consoleIds).toEqual([]);
    expect(problems).toEqual(["“db” could be db-prod, db-replica. Choose from the list."]);
  });

  it("says which name nothing has, and what it did not understand", () => {
    const { problems } = fill("db-prod nowhere-9 9-17 qwertz");
    expect(problems).toContain("No console is named “nowhere-9”. Choose it from the list if it exists.");
    expect(problems).toContain("Not understood: “qwertz”.");
  });

  it("says that a reason is too long", () => {
    expect(fill(`db-prod for 2h because ${"x".repeat(1001)}`).problems).toEqual([expect.stringContaining("1000 characters at most")]);
  });
});
