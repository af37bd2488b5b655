import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../../src/services/http-client/json.ts";
import type { CredentialDraft } from "../../../../src/services/zpa/credentials/credential.ts";
import { createBody, credentialOnWire, updateBody } from "../../../../src/services/zpa/credentials/credential-wire.ts";
import { drafts } from "./drafts.ts";
import { single } from "./page-examples.ts";

const ours = [
  "name",
  "description",
  "credentialType",
  "userName",
  "userDomain",
  "password",
  "privateKey",
  "passphrase",
  "id",
  "lastCredentialResetTime",
  "creationTime",
  "modifiedTime",
  "microtenantId",
  "microtenantName",
  "__proto__",
];
/** What JSON can carry, but for the sign with which ZPA's escapes begin, which are undone before anything is sent back. */
const value = fc.jsonValue({ maxDepth: 2 }).map((json): unknown => JSON.parse(JSON.stringify(json).replaceAll("&", "+")));
const unknownFields = fc.dictionary(
  fc.string({ minLength: 1 }).filter((name) => !ours.includes(name)),
  value,
);
const someDraft = fc.constantFrom<CredentialDraft>(...Object.values(drafts));

describe("a credential on the wire", () => {
  it("keeps every field that this version does not know through an update, and says what the draft says in all others", () => {
    fc.assert(
      fc.property(unknownFields, someDraft, (unknown, draft) => {
        const current = credentialOnWire.parse({ ...single, credentialType: draft.type, ...unknown });
        const { id, creationTime, modifiedBy, lastCredentialResetTime } = { ...single, ...unknown };
        expect(updateBody(current, draft)).toEqual({
          id,
          creationTime,
          modifiedBy,
          lastCredentialResetTime,
          ...unknown,
          ...createBody(draft),
        });
      }),
    );
  });

  it("loses any secret that an answer brings along, before anything else sees it", () => {
    const read = credentialOnWire.parse({ ...single, password: "hush-1", privateKey: "hush-2", passphrase: "hush-3" });
    expect(JSON.stringify(read)).not.toContain("hush");
    const odd = credentialOnWire.safeParse({ ...single, id: null, password: { deep: "hush-4" } });
    expect(odd.success).toBe(false);
    expect(JSON.stringify(odd.error)).not.toContain("hush");
  });

  it.each([
    [{ lastCredentialResetTime: undefined }, { lastResetAt: null }],
    [{ lastCredentialResetTime: "soon" }, { lastResetAt: null }],
    [{ creationTime: null }, { createdAt: null }],
    [{ modifiedTime: 1_683_125_378 }, { modifiedAt: new Date("2023-05-03T14:49:38Z") }],
    [{ credentialType: undefined }, { type: "" }],
    [{ credentialType: "API_TOKEN" }, { type: "API_TOKEN" }],
    [
      { microtenantId: "0", microtenantName: "Default" },
      { microtenantId: null, microtenantName: "Default" },
    ],
    [
      { name: "R&#x26;D", userName: "o&#39;brien" },
      { name: "R&D", userName: "o'brien" },
    ],
    [{ id: 47 }, { id: "47" }],
  ])("with %j is read all the same", (fields, read) => {
    expect(credentialOnWire.parse({ ...single, ...fields })).toMatchObject(read);
  });

  it("keeps a bare microtenant id that no double holds", () => {
    expect(credentialOnWire.parse(parseJson('{"id":"1","name":"a","microtenantId":145260601092866314}')).microtenantId).toBe(
      "145260601092866314",
    );
  });
});
