import type { ModalView } from "@slack/types";
import { describe, expect, it } from "vitest";
import type { CredentialList } from "../../src/services/credentials/credentials-service.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { addCredentialForm } from "../../src/views/credentials/add-form.ts";
import { credentialDetails } from "../../src/views/credentials/credential-details.ts";
import { ageSentence, USES_SHOWN } from "../../src/views/credentials/credential-lines.ts";
import { CREDENTIALS_SHOWN, credentialsList } from "../../src/views/credentials/credentials-list.ts";
import { deletedCredential, deletedPage, deleteForm } from "../../src/views/credentials/delete-form.ts";
import { codeConfirmed, handOverForm } from "../../src/views/credentials/hand-over.ts";
import { movedCredential, movedPage, moveForm } from "../../src/views/credentials/move-form.ts";
import { ACTION } from "../../src/views/ids.ts";
import { aCredentialDetails, aCredentialView, aHandover, aMovePreview, anOffer, somePlaces, someUses } from "./a-credential.ts";
import { actionIds, expectMessage, expectView, markupIn, wordsIn } from "./block-kit.ts";

const en = textsFor("en");
const languages = [en, textsFor("de")];
const place = { words: "", page: 0 };
const memory = { place, credential: { credentialId: "11262", microtenantId: null } };
const long = `<!channel> \u202e${"x".repeat(400)}`;
/** As long as ZPA, or somebody in ZPA, may make it. */
const large = aCredentialView({
  id: "9".repeat(20),
  name: long,
  type: "SOMETHING_NEW",
  userName: long,
  userDomain: long,
  description: long.repeat(20),
  microtenantId: "9".repeat(20),
  microtenantName: long,
});
const manyPlaces = Array.from({ length: 130 }, (_, n) => ({ id: n === 0 ? null : String(10 ** 17 + n), name: long }));
const manyUses = Array.from({ length: 200 }, (_, n) => ({ ruleId: String(10 ** 17 + n), name: long }));
const listed = (over: Partial<CredentialList> = {}): CredentialList => ({
  credentials: [aCredentialView()],
  maxAgeDays: 90,
  unread: [],
  ...over,
});
const blocksOf = (view: ModalView) => view.blocks as Parameters<typeof actionIds>[0];

describe("what is shown of credentials", () => {
  it("keeps to Slack's limits whatever their names are, in both languages, and brings nothing typed to life", () => {
    const fields = { ...aHandover().fields, name: long, userName: long };
    const rows = Array.from({ length: 25 }, (_, n) => ({ ...large, id: `${large.id}${n}` }));
    const unread = Array.from({ length: 60 }, () => ({ microtenantName: long, code: "zpa_unreachable" }));
    for (const texts of languages) {
      const views = [
        credentialsList(listed({ credentials: rows, unread }), { words: long, page: 1 }, texts),
        credentialsList(listed({ credentials: [] }), place, texts),
        credentialDetails(
          aCredentialDetails({ credential: large, elsewhere: manyPlaces, canRotate: false }),
          { ...place, words: long },
          texts,
        ),
        credentialDetails(aCredentialDetails(), place, texts),
        addCredentialForm(manyPlaces, { place }, texts),
        addCredentialForm([{ id: null, name: "Default" }], { place }, texts),
        handOverForm(anOffer({ fields, url: `https://portcullis.example.com/credentials/${"t".repeat(43)}` }), texts),
        handOverForm(anOffer({ kind: "rotate" }), texts),
        codeConfirmed(aHandover({ fields }), texts),
        moveForm({ credential: large, uses: manyUses, to: { id: "7", name: long } }, memory, texts),
        moveForm(aMovePreview({ uses: [] }), memory, texts),
        movedPage(large, texts),
        deleteForm({ credential: large, uses: manyUses }, memory, texts),
        deleteForm(
          { credential: large, uses: manyUses.slice(0, USES_SHOWN) },
          { ...memory, place: { words: "x".repeat(1000), page: 3 } },
          texts,
        ),
        deletedPage(large, texts),
      ];
      for (const view of views) {
        expectView(view);
        expect(markupIn(view)).toEqual([]);
      }
      for (const message of [movedCredential(large, texts), deletedCredential(large, texts)]) {
        expectMessage(message);
        expect(message.text).not.toContain("<!");
      }
    }
  });

  it("says in words how old a secret is, and whether that is too old", () => {
    const { credentials: say } = en;
    expect(ageSentence(aCredentialView(), 90, en)).toBe("Secret last reset 113 days ago: stale, older than 90 days.");
    expect(ageSentence(aCredentialView({ ageDays: 1, isStale: false }), 90, en)).toBe("Secret last reset 1 day ago.");
    expect(ageSentence(aCredentialView({ lastResetAt: null }), 90, en)).toContain(say.notReset(113));
    expect(ageSentence(aCredentialView({ ageDays: null, lastResetAt: null }), 90, en)).toBe(`${say.resetUnknown}${say.isStaleUnknown}`);
  });

  it("counts what is stale, names what could not be read, and comes to the last page when there are fewer now", () => {
    const credentials = Array.from({ length: 12 }, (_, n) => aCredentialView({ id: String(n), name: `c${n}`, isStale: n < 3 }));
    const list = credentialsList(
      listed({ credentials, unread: [{ microtenantName: "Plant", code: "zpa_unreachable" }] }),
      { words: "c", page: 9 },
      en,
    );
    expect(wordsIn(list)).toContain(
      "11–12 of 12 credentials, the oldest secret first. 3 are stale: older than 90 days, or of unknown age.",
    );
    expect(wordsIn(list)).toContain("missing here: Plant");
    expect(wordsIn(list)).toContain("Found for “c”");
    expect(actionIds(blocksOf(list)).filter((id) => id === ACTION.credentialOpen)).toHaveLength(12 - CREDENTIALS_SHOWN);
    expect(actionIds(blocksOf(list))).not.toContain(`${ACTION.credentialsMove}_next`);
  });

  it("has a field for everything of a new credential but its secret", () => {
    const form = addCredentialForm(somePlaces, { place }, en);
    const fields = blocksOf(form).flatMap((block) =>
      block.type === "input" && "action_id" in block.element ? [block.element.action_id] : [],
    );
    expect(fields).toEqual([
      ACTION.credentialName,
      ACTION.credentialType,
      ACTION.credentialUser,
      ACTION.credentialDomain,
      ACTION.credentialDescription,
      ACTION.credentialMicrotenant,
    ]);
    expect(wordsIn(form)).toContain("never typed into Slack");
  });

  it("offers no new secret of a type that is not known, and no move where there is nowhere to go", () => {
    const ids = actionIds(blocksOf(credentialDetails(aCredentialDetails({ canRotate: false, elsewhere: [] }), place, en)));
    expect(ids).toEqual([ACTION.credentialDelete]);
    expect(actionIds(blocksOf(credentialDetails(aCredentialDetails(), place, en)))).toEqual([
      ACTION.credentialRotate,
      ACTION.credentialTo,
      ACTION.credentialDelete,
    ]);
  });

  it("gives the link in a button, with how long it lasts, and asks for the code alone", () => {
    const form = handOverForm(anOffer(), en);
    expect(JSON.stringify(form)).toContain(`"url":"${anOffer().url}"`);
    expect(JSON.stringify(form)).toContain(String(anOffer().expiresAt.getTime() / 1000));
    expect(wordsIn(form)).toContain("ten minutes");
    expect(blocksOf(form).filter(({ type }) => type === "input")).toHaveLength(1);
    expect(form.private_metadata).not.toContain("credentials/");
  });

  it("shows which rules use one before it goes or moves, and has no button while it could not show them all", () => {
    const form = deleteForm({ credential: aCredentialView(), uses: someUses }, memory, en);
    expect(wordsIn(form)).toContain("Database hosts");
    expect(JSON.parse(form.private_metadata ?? "")).toMatchObject({ shownUses: ["5001"] });
    const move = { credential: aCredentialView(), to: { id: "77", name: "Plant" } };
    expect(JSON.parse(moveForm({ ...move, uses: someUses }, memory, en).private_metadata ?? "")).toMatchObject({ shownUses: ["5001"] });
    expect(actionIds(blocksOf(moveForm({ ...move, uses: manyUses }, memory, en)))).toEqual([]);
    expect(wordsIn(deleteForm({ credential: aCredentialView(), uses: [] }, memory, en))).toContain(en.credentials.usesNone);
    expect(actionIds(blocksOf(deleteForm({ credential: aCredentialView(), uses: manyUses }, memory, en)))).toEqual([]);
  });
});
