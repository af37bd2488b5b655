/**
 * Contract: who may do what to an approval, in which state, and what everybody else is told. The tables are the rules, complete: every
 * cell was written by hand, and is tried twice, on the pure engine and through the use-case that asks Slack who somebody is.
 *
 * Ana asked for Lu. See `authorization-cast.ts` for who sits where. `reassign` hands on one's own seat, or, for administrators without
 * one, adds a seat; `take from Bo` names whose; `form` is what opens the forms of Reject and Reassign.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { type Decider, decide } from "../../../src/services/approvals/decide.ts";
import { aCourt, approvalIn, commandFor, type Deed, NOW, type State, UNTRUSTED } from "./authorization-cast.ts";

let court: Awaited<ReturnType<typeof aCourt>>;
beforeAll(async () => {
  court = await aCourt();
});
afterAll(() => court.close());

const DEEDS: readonly Deed[] = ["approve", "reject", "reassign", "take from Bo", "comment", "attributes", "cancel", "form"];

/** Any seat may decide. */
const PARALLEL = `
who                                           | approve         | reject          | reassign        | take from Bo  | comment     | attributes  | cancel      | form
UANA   the requester, member of a group       | self_approval   | self_approval   | self_approval   | self_approval | ok          | ok          | ok          | self_approval
ULU    the beneficiary                        | self_approval   | self_approval   | not_allowed     | not_allowed   | ok          | ok          | not_allowed | self_approval
UANA2  the requester's other account, seated  | self_approval   | self_approval   | self_approval   | self_approval | ok          | ok          | not_allowed | self_approval
UBO    a holder                               | ok              | ok              | ok              | ok            | ok          | ok          | not_allowed | ok
UHAL   a holder further down                  | ok              | ok              | ok              | not_allowed   | ok          | ok          | not_allowed | ok
UCY    a member of a group that holds         | ok              | ok              | ok              | not_allowed   | ok          | ok          | not_allowed | ok
UDORA  a holder who has decided               | already_decided | already_decided | already_decided | not_allowed   | ok          | ok          | not_allowed | already_decided
UMAX   a member who decided for the group     | already_decided | already_decided | already_decided | not_allowed   | ok          | ok          | not_allowed | already_decided
UMO    a member whose group has decided       | already_decided | already_decided | already_decided | not_allowed   | ok          | ok          | not_allowed | already_decided
UOLGA  who held a seat before                 | not_allowed     | not_allowed     | not_allowed     | not_allowed   | not_allowed | not_allowed | not_allowed | not_allowed
URON   a reader, who is told of it            | not_allowed     | not_allowed     | not_allowed     | not_allowed   | not_allowed | not_allowed | not_allowed | not_allowed
UEVE   anyone else of the team                | not_allowed     | not_allowed     | not_allowed     | not_allowed   | not_allowed | not_allowed | not_allowed | not_allowed
UROOT  an administrator without a seat        | ok              | ok              | ok              | ok            | ok          | ok          | ok          | ok
URITA  an administrator with a seat           | ok              | ok              | ok              | ok            | ok          | ok          | ok          | ok
UADAM  an administrator who is the requester  | self_approval   | self_approval   | self_approval   | self_approval | ok          | ok          | ok          | self_approval`;

/** It is Bo's turn. */
const SERIAL = `
who                                           | approve         | reject          | reassign        | take from Bo  | comment     | attributes  | cancel      | form
UANA   the requester, member of a group       | self_approval   | self_approval   | self_approval   | self_approval | ok          | ok          | ok          | self_approval
ULU    the beneficiary                        | self_approval   | self_approval   | not_allowed     | not_allowed   | ok          | ok          | not_allowed | self_approval
UANA2  the requester's other account, seated  | self_approval   | self_approval   | self_approval   | self_approval | ok          | ok          | not_allowed | self_approval
UBO    the holder whose turn it is            | ok              | ok              | ok              | ok            | ok          | ok          | not_allowed | ok
UHAL   a holder whose turn will come          | not_your_turn   | not_your_turn   | not_your_turn   | not_allowed   | ok          | ok          | not_allowed | not_your_turn
UCY    a member of a group, the same          | not_your_turn   | not_your_turn   | not_your_turn   | not_allowed   | ok          | ok          | not_allowed | not_your_turn
UDORA  a holder who has decided               | already_decided | already_decided | already_decided | not_allowed   | ok          | ok          | not_allowed | already_decided
UMAX   a member who decided for the group     | already_decided | already_decided | already_decided | not_allowed   | ok          | ok          | not_allowed | already_decided
UMO    a member whose group has decided       | already_decided | already_decided | already_decided | not_allowed   | ok          | ok          | not_allowed | already_decided
UOLGA  who held a seat before                 | not_allowed     | not_allowed     | not_allowed     | not_allowed   | not_allowed | not_allowed | not_allowed | not_allowed
URON   a reader, who is told of it            | not_allowed     | not_allowed     | not_allowed     | not_allowed   | not_allowed | not_allowed | not_allowed | not_allowed
UEVE   anyone else of the team                | not_allowed     | not_allowed     | not_allowed     | not_allowed   | not_allowed | not_allowed | not_allowed | not_allowed
UROOT  an administrator without a seat        | ok              | ok              | ok              | ok            | ok          | ok          | ok          | ok
URITA  an administrator whose turn will come  | not_your_turn   | not_your_turn   | not_your_turn   | ok            | ok          | ok          | ok          | not_your_turn
UADAM  an administrator who is the requester  | self_approval   | self_approval   | self_approval   | self_approval | ok          | ok          | ok          | self_approval`;

/** APPROVED, REJECTED, EXPIRED, CANCELLED and PASSED alike. */
const SETTLED = `
who                                           | approve         | reject          | reassign        | take from Bo    | comment         | attributes      | cancel          | form
UANA   the requester, member of a group       | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
ULU    the beneficiary                        | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UANA2  the requester's other account, seated  | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UBO    a holder                               | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UHAL   a holder further down                  | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UCY    a member of a group that holds         | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UDORA  a holder who has decided               | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UMAX   a member who decided for the group     | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UMO    a member whose group has decided       | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UOLGA  who held a seat before                 | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
URON   a reader, who is told of it            | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UEVE   anyone else of the team                | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UROOT  an administrator without a seat        | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
URITA  an administrator with a seat           | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided
UADAM  an administrator who is the requester  | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided | already_decided`;

/** Whom nothing is allowed, in any state, though each of them is an administrator and holds a seat. */
const NOBODIES = `
who                                                        | anything
UGUEST    a guest                                          | person_is_guest
ULEAVER   who has left Slack                               | person_deactivated
UBOT      a bot                                            | person_is_bot
UOTHER    a user of another team                           | team_not_trusted
UCONNECT  a stranger through Slack Connect                 | team_not_trusted
UNOEMAIL  without an email                                 | email_missing
UUNSURE   with an email that was never confirmed           | email_unconfirmed
UFOREIGN  with an email of a domain that is not ours       | email_domain_not_allowed
USHARED   with an email that somebody else has, too        | email_shared
UGHOST    an id that Slack does not know                   | person_unknown`;

/** Version 5 is what the card should show; a click carries what it did show. */
const VERSIONS = `
who                              | 5               | 4               | 6               | -1              | none
UBO    a holder                  | ok              | card_stale      | card_stale      | card_stale      | ok
UROOT  an administrator          | ok              | card_stale      | card_stale      | card_stale      | ok
UDORA  a holder who has decided  | already_decided | already_decided | already_decided | already_decided | already_decided
UANA   the requester             | self_approval   | self_approval   | self_approval   | self_approval   | self_approval
UEVE   anyone else of the team   | not_allowed     | not_allowed     | not_allowed     | not_allowed     | not_allowed`;

/** Ids that a button never carried. */
const IDS = `
id                                        | UBO              | UROOT            | UEVE             | UGUEST
that of an approval elsewhere             | not_allowed      | ok               | not_allowed      | person_is_guest
00000000-0000-4000-8000-000000000000      | approval_unknown | approval_unknown | approval_unknown | person_is_guest
not-an-id                                 | approval_unknown | approval_unknown | approval_unknown | person_is_guest
' or '1'='1                               | approval_unknown | approval_unknown | approval_unknown | person_is_guest
PRA-1042                                  | approval_unknown | approval_unknown | approval_unknown | person_is_guest`;

interface Row {
  /** The first column: an id, and what it stands for. */
  readonly who: string;
  readonly cells: ReadonlyMap<string, string>;
}
function rowsOf(table: string): Row[] {
  const [head = [], ...lines] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return lines.map(([who = "", ...cells]) => ({ who, cells: new Map(cells.map((cell, index) => [head[index + 1] ?? "", cell])) }));
}
const idIn = (who: string): string => who.split(" ")[0] ?? "";
const by = (userId: string, teamId = "T1") => ({ teamId, userId });
/** Adam is an administrator and asks for himself; in all other rows Ana asked. */
const requesterFor = (userId: string): string => (userId === "UADAM" ? "UADAM" : "UANA");

const STATES: readonly (readonly [State, string])[] = [
  ["parallel", PARALLEL],
  ["serial", SERIAL],
  ...(["APPROVED", "REJECTED", "EXPIRED", "CANCELLED", "PASSED"] as const).map((state) => [state, SETTLED] as const),
];

/** What the use-case would look up, written down. */
const deciderOf = (userId: string): Decider => ({
  ...by(userId),
  zpaUser: userId === "UANA2" ? "uana@example.com" : `${userId.toLowerCase()}@example.com`,
  groupIds: { UCY: ["SSRE"], UANA: ["SSRE"], UMO: ["SOPS"], UMAX: ["SOPS"] }[userId] ?? [],
  isAdmin: ["UROOT", "URITA", "UADAM"].includes(userId),
});

function pureAnswer(state: State, deed: Exclude<Deed, "form">, userId: string): string {
  try {
    decide(approvalIn(state, requesterFor(userId)), { ...commandFor(deed, by(userId), 5), by: deciderOf(userId) }, NOW);
    return "ok";
  } catch (thrown) {
    if (thrown instanceof PortcullisError) return thrown.code;
    throw thrown;
  }
}

describe.each(STATES)("an approval that is %s", (state, table) => {
  it("answers as the table says, in the engine", () => {
    for (const { who, cells } of rowsOf(table))
      for (const deed of DEEDS)
        if (deed !== "form") expect(`${who} ${deed}: ${pureAnswer(state, deed, idIn(who))}`).toBe(`${who} ${deed}: ${cells.get(deed)}`);
  });

  it("answers as the table says, to whom Slack says that somebody is", async () => {
    for (const { who, cells } of rowsOf(table)) {
      const userId = idIn(who);
      const refusing = await court.put(approvalIn(state, requesterFor(userId)));
      for (const deed of DEEDS) {
        const wanted = cells.get(deed);
        const { id } = wanted === "ok" ? await court.put(approvalIn(state, requesterFor(userId))) : refusing;
        expect(`${who} ${deed}: ${await court.answer(id, deed, by(userId), 5)}`).toBe(`${who} ${deed}: ${wanted}`);
      }
    }
  });

  it("lets those do nothing whom Slack or their email rule out", async () => {
    const { id } = await court.put(approvalIn(state, "UANA"));
    for (const { who, cells } of rowsOf(NOBODIES))
      for (const deed of DEEDS)
        expect(`${who} ${deed}: ${await court.answer(id, deed, by(idIn(who)), 5)}`).toBe(`${who} ${deed}: ${cells.get("anything")}`);
  });

  it("lets nobody act from another team, whoever they are", async () => {
    const { id } = await court.put(approvalIn(state, "UANA"));
    for (const { who } of rowsOf(table))
      for (const deed of DEEDS) expect(await court.answer(id, deed, by(idIn(who), "T2"), 5)).toBe("team_not_trusted");
  });
});

describe("the tables", () => {
  it("are complete", () => {
    for (const [, table] of STATES)
      for (const { cells } of rowsOf(table)) {
        expect([...cells.keys()]).toEqual(DEEDS);
        expect([...cells.values()].every((cell) => /^[a-z_]+$/.test(cell))).toBe(true);
      }
    expect(rowsOf(PARALLEL).map(({ who }) => idIn(who))).toEqual(rowsOf(SERIAL).map(({ who }) => idIn(who)));
    expect(rowsOf(PARALLEL).map(({ who }) => idIn(who))).toEqual(rowsOf(SETTLED).map(({ who }) => idIn(who)));
    expect(rowsOf(NOBODIES).map(({ who }) => idIn(who))).toEqual(UNTRUSTED);
  });
});

describe("what a forged button carries", () => {
  it.each(["approve", "reject", "reassign", "form"] as const)("%s: a version that is not the approval's", async (deed) => {
    for (const { who, cells } of rowsOf(VERSIONS))
      for (const [version, wanted] of cells) {
        if (deed === "form" && version === "none") continue; // a form comes from a card
        const { id } = await court.put(approvalIn("parallel", "UANA"));
        const answer = await court.answer(id, deed, by(idIn(who)), version === "none" ? null : Number(version));
        expect(`${who} at ${version}: ${answer}`).toBe(`${who} at ${version}: ${wanted}`);
      }
  });

  it.each(DEEDS)("%s: an id that is not the approval's", async (deed) => {
    const elsewhere = () => ({ ...approvalIn("parallel", "UADAM"), seats: approvalIn("parallel", "UADAM").seats.slice(3, 4) });
    for (const { who, cells } of rowsOf(IDS))
      for (const [userId, wanted] of cells) {
        const id = who.startsWith("that of") ? (await court.put(elsewhere())).id : who;
        const expected = deed === "take from Bo" && userId === "UROOT" && wanted === "ok" ? "invalid_input" : wanted; // Bo has no seat there
        expect(`${userId}, ${who}: ${await court.answer(id, deed, by(userId), 5)}`).toBe(`${userId}, ${who}: ${expected}`);
      }
  });

  it("is asked nothing of who acts: a command has no room for it", async () => {
    const { id } = await court.put(approvalIn("parallel", "UANA"));
    const forged = { ...by("UEVE"), isAdmin: true, groupIds: ["SSRE"], zpaUser: "ubo@example.com" };
    for (const deed of DEEDS) expect(await court.answer(id, deed, forged, 5)).toBe("not_allowed");
  });
});
