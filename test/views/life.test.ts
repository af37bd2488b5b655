import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Amendment, Ending } from "../../src/services/access/request.ts";
import { en } from "../../src/texts/en.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { personResultView, renewForm, revokeForm, revokePersonForm } from "../../src/views/access-forms.ts";
import { approvalCard, type CardViewer } from "../../src/views/approval-card.ts";
import { approverCallMessage } from "../../src/views/approver-call.ts";
import { AccessChoice, accessChoice } from "../../src/views/button-value.ts";
import { catalogAgeBlocks } from "../../src/views/catalog-age.ts";
import { changeAccessForm } from "../../src/views/change-access-form.ts";
import { noticeMessage } from "../../src/views/notice.ts";
import { typedText } from "./arbitraries.ts";
import { actionIds, expectMessage, expectView, wordsIn } from "./block-kit.ts";
import { ana, at, ben, consoleNamed, grantOf, overviewOf, requestOf, twoWeeks } from "./models.ts";

const approver: CardViewer = { kind: "approver", userId: ben.userId, timeZone: "America/New_York", locale: "en-US" };
const requester: CardViewer = { kind: "requester", userId: ana.userId, timeZone: "Europe/Lisbon", locale: "en-GB" };
const reader: CardViewer = { kind: "reader", userId: "U5EVE", timeZone: null, locale: null };
const failure = { code: "zpa_refused", params: { reason: "no" }, reference: "REF9" };
const ending: Ending = { cause: "REVOKED", by: ben.userId, reason: "INC-7", at: at("2026-03-18T10:00:00Z") };
const amendment = (over: Partial<Amendment> = {}): Amendment => ({
  id: "m1",
  by: ben.userId,
  at: at("2026-03-18T10:00:00Z"),
  reason: "INC-7 goes on",
  before: { end: twoWeeks.end, workingHours: null },
  after: {
    end: at("2026-04-02T08:00:00Z"),
    workingHours: { days: ["MON"], start: "09:00", end: "17:00", timeZone: "Europe/Berlin" },
  },
  outcome: "WANTED",
  failure: null,
  ...over,
});
const standing = (over: Parameters<typeof overviewOf>[0] = {}, request: Parameters<typeof requestOf>[0] = {}) =>
  overviewOf({ request: requestOf({ status: "GRANTED", window: twoWeeks, ...request }), grants: [grantOf()], ...over });
const words = (overview: ReturnType<typeof overviewOf>, viewer = approver) => {
  const card = approvalCard(overview, viewer, en);
  expectMessage(card);
  return wordsIn(card.blocks);
};

describe("the card of access that stands", () => {
  it("has what its reader may want to do: the holder gives it up or changes it, approvers change or revoke it, readers nothing", () => {
    const ids = (viewer: CardViewer, overview = standing()) => actionIds(approvalCard(overview, viewer, en).blocks);
    expect(ids(requester)).toEqual(["open_portal_0", "done", "change_access"]);
    expect(ids(requester, standing({ endsSoon: true, canRenew: true }))).toEqual(["open_portal_0", "renew", "done", "change_access"]);
    expect(ids(requester, standing({ endsSoon: true, canRenew: false }))).toEqual(["open_portal_0", "done", "change_access"]);
    expect(ids(approver, standing({ endsSoon: true, canRenew: true }))).toEqual(["change_access", "revoke_access"]);
    expect(ids(reader)).toEqual([]);
    expect(ids(requester, standing({ canRenew: true }, { status: "ENDED" }))).toEqual(["renew"]);
    expect(ids(approver, standing({}, { status: "ENDING", ending }))).toEqual([]);
  });

  it("says in the question before an end what happens, and that a session may stay", () => {
    const text = JSON.stringify(approvalCard(standing(), requester, en).blocks);
    expect(text).toContain("A session that is open may not be cut");
  });

  it("says who changed what, from what to what, why, and whether it stands", () => {
    const wanted = words(standing({}, { amendments: [amendment()] }));
    for (const said of ["Changed by ", "Until ", " instead of ", "Monday 09:00–17:00 (Europe/Berlin)", "around the clock", "INC-7 goes on"])
      expect(wanted).toContain(said);
    expect(wanted).toContain(en.life.wanted);
    expect(words(standing({}, { amendments: [amendment({ outcome: "WRITTEN" })] }))).toContain(en.life.written);
    const refused = words(standing({}, { amendments: [amendment({ outcome: "REFUSED", failure })] }));
    expect(refused).toContain(en.life.refused);
    expect(refused).toContain("Reference: REF9");
  });

  it("says why a change waits or was refused, and does not put it down to the clocks", () => {
    const changingFrom = { end: twoWeeks.end, workingHours: null };
    const waits = words(standing({ grants: [grantOf({ changingFrom, failure })] }, { amendments: [amendment()] }));
    expect(waits).toContain(en.life.notWritten);
    expect(waits).toContain("Reference: REF9");
    expect(waits).not.toContain(en.card.hoursOutOfStep);

    const refused = words(standing({ grants: [grantOf({ failure })] }, { amendments: [amendment({ outcome: "REFUSED", failure })] }));
    expect(refused).not.toContain(en.life.notWritten);
    expect(refused).not.toContain(en.card.hoursOutOfStep);
    expect(refused.split("Reference: REF9")).toHaveLength(2);
  });

  it("is ending until it is proven to be gone, and says then who ended it, why, and what is not known", () => {
    const going = words(standing({}, { status: "ENDING", ending }));
    expect(going).toContain("Ending…");
    expect(going).toContain(en.life.beingEnded);
    const gone = words(standing({}, { status: "ENDED", ending }));
    for (const said of ["Revoked by ", "INC-7", en.life.ended, en.life.sessionUnknown]) expect(gone).toContain(said);
    expect(words(standing({}, { status: "ENDED" }))).toContain("The window was over at ");
    expect(words(standing({}, { status: "ENDED", ending: { ...ending, cause: "LEFT", by: "portcullis", reason: null } }))).toContain(
      "Portcullis",
    );
    expect(words(standing({}, { status: "ENDED", ending: { ...ending, by: "cli:ops" } }))).toContain("ops (command line)");
  });

  it("says before anything else that an end did not come about", () => {
    const stuck = standing({ grants: [grantOf({ status: "ENDING", failure })] }, { status: "ENDING", ending });
    for (const viewer of [approver, requester, reader]) {
      const [, second] = approvalCard(stuck, viewer, en).blocks;
      expect(wordsIn(second)).toContain(en.life.notEnded);
      expect(wordsIn(second)).toContain("REF9");
    }
    expectMessage(approverCallMessage({ kind: "not_ended", mentions: [{ kind: "person", userId: "U9DORA" }] }, stuck, en));
    expect(wordsIn(approverCallMessage({ kind: "not_ended", mentions: [] }, stuck, en).blocks)).toContain("REF9");
  });

  it("links a renewal both ways, and says since when Zscaler is away", () => {
    expect(words(standing({ renews: "PRA-1042" }))).toContain("Renews PRA-1042.");
    expect(words(standing({ renewedBy: [{ label: "PRA-1051", status: "PENDING" }] }))).toContain("A renewal is asked for: PRA-1051.");
    expect(words(standing({ renewedBy: [{ label: "PRA-1051", status: "GRANTED" }] }))).toContain("Renewed by PRA-1051.");
    expect(words(standing({ renewedBy: [{ label: "PRA-1051", status: "REJECTED" }] }))).not.toContain("PRA-1051");
    const away = { ...failure, code: "zpa_unreachable", params: { sinceEpochSeconds: 1_773_648_000 } };
    expect(words(standing({ grants: [grantOf({ status: "PLANNED", zpaId: null, failure: away })] }, { status: "GRANTING" }))).toContain(
      "Zscaler cannot be reached since ",
    );
  });

  it("is taken by Slack whatever people typed into reasons and names", () => {
    fc.assert(
      fc.property(typedText(1200), typedText(300), fc.constantFrom("en", "de"), (reason, name, locale) => {
        const request = {
          reason,
          consoles: Array.from({ length: 20 }, (_, index) => consoleNamed(`${name}${index}`)),
          amendments: Array.from({ length: 9 }, () =>
            amendment({ reason, outcome: "REFUSED", failure: { ...failure, params: { reason } } }),
          ),
          ending: { ...ending, reason },
          status: "ENDING" as const,
        };
        const stuck = { ...failure, params: { reason } };
        const overview = standing({ grants: [grantOf({ status: "ENDING", failure: stuck })], renews: "PRA-1" }, request);
        for (const viewer of [approver, requester]) expectMessage(approvalCard(overview, viewer, textsFor(locale)));
        for (const notice of ["ending_soon", "amending", "amended", "not_amended", "ending", "not_ended", "ended"] as const)
          expectMessage(noticeMessage({ notice }, overview, textsFor(locale)));
        const item = { requestId: "r1", label: "PRA-1042", consoleNames: [name, name], does: "END" as const };
        const items = Array.from({ length: 60 }, () => item);
        expectView(revokePersonForm("U1ANA", items, reason, textsFor(locale)));
        expectView(
          personResultView(
            "U1ANA",
            items.map((each) => ({ ...each, outcome: "FAILED", failure: stuck })),
            textsFor(locale),
          ),
        );
        expectView(revokeForm(overview.request, "PRA-1042", textsFor(locale)));
      }),
      { numRuns: 60 },
    );
  });
});

describe("the forms of access", () => {
  it("are taken by Slack with hours and without, for holders and deciders, in both languages", () => {
    for (const texts of [en, textsFor("de")])
      for (const workingHours of [requestOf().time.workingHours, null])
        for (const isDecider of [true, false]) {
          const request = requestOf({ status: "GRANTED", window: twoWeeks, time: { ...requestOf().time, workingHours } });
          expectView(changeAccessForm({ request, rights: { isHolder: !isDecider, isDecider }, timeZone: "Asia/Tokyo" }, texts));
          expectView(renewForm("r1", "PRA-1042", texts));
          expectView(revokePersonForm("U1ANA", [], "", texts));
        }
  });

  it("carry a choice of the menu in an option's 75 characters", () => {
    const requestId = "5f0a7c1e-9f0b-4a57-8f6e-3f1f0a4c9b10";
    expect(accessChoice("change", requestId).length).toBeLessThanOrEqual(75);
    expect(AccessChoice.parse(accessChoice("renew", requestId))).toEqual({ choice: "renew", requestId });
    expect(AccessChoice.safeParse("sing:x").success).toBe(false);
  });
});

describe("the age of the catalog", () => {
  it("is said, and more loudly when it is old", () => {
    const readAt = at("2026-03-16T14:02:00Z");
    expect(JSON.stringify(catalogAgeBlocks({ readAt, isOld: false }, en))).toContain("Consoles as of");
    expect(JSON.stringify(catalogAgeBlocks({ readAt, isOld: true }, en))).toContain("has not been read since");
    expect(catalogAgeBlocks(null, en)).toEqual([]);
  });
});
