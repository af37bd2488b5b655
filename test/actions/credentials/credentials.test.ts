import { describe, expect, it } from "vitest";
import { textsFor } from "../../../src/texts/texts.ts";
import { ACTION, BLOCK, CALLBACK } from "../../../src/views/ids.ts";
import { actor, type Listening, startListening, until } from "../../support/slack-listeners.ts";
import { aCredentialView, anOffer } from "../../views/a-credential.ts";
import { wordsIn } from "../../views/block-kit.ts";
import { ana, called, press, refusals, shown, type } from "../one-person.ts";

const en = textsFor("en");
const say = en.credentials;
const credential = { credentialId: "11262", microtenantId: null };

const text = (blockId: string, actionId: string, value: string) => ({ [blockId]: { [actionId]: { type: "plain_text_input", value } } });

/** The list, and for most tests the credential that is in it. */
const list = async (bot: Listening, words = "") => {
  await type(bot, `credentials ${words}`);
  return shown(bot, CALLBACK.credentials);
};
const details = async (bot: Listening) => {
  await list(bot, "db-prod");
  await press(bot, `${BLOCK.credential}_11262`, ACTION.credentialOpen);
  return shown(bot, CALLBACK.credential);
};

describe("/pra credentials", () => {
  it("lists what is sought for whoever Slack says asked, and turns its pages", async () => {
    const bot = await startListening();
    const credentials = Array.from({ length: 23 }, (_, n) => aCredentialView({ id: String(n), name: `credential ${n}` }));
    bot.state.credentials = { credentials, maxAgeDays: 90, unread: [] };
    expect(wordsIn(await list(bot, "credential"))).toContain(say.found(23, 1, 10));
    expect(called(bot, "credentials.list")).toEqual([{ by: actor(ana), search: "credential" }]);
    await press(bot, BLOCK.credentialsPages, `${ACTION.credentialsMove}_next`);
    await shown(bot, CALLBACK.credentials, say.found(23, 11, 20));
    await press(bot, BLOCK.credentialsPages, `${ACTION.credentialsMove}_next`);
    await shown(bot, CALLBACK.credentials, say.found(23, 21, 23));
    await press(bot, BLOCK.credentialsPages, `${ACTION.credentialsMove}_previous`);
    await shown(bot, CALLBACK.credentials, say.found(23, 11, 20));
    expect(called(bot, "credentials.list")).toHaveLength(4);
    expect(await refusals(bot)).toEqual([]);
  });

  it("acknowledges and shows that it asks, however long ZPA takes", async () => {
    const bot = await startListening();
    const release = bot.hold("credentials.list");
    expect((await type(bot, "credentials")).status).toBe("acked");
    await shown(bot, CALLBACK.loading);
    release();
    await shown(bot, CALLBACK.credentials);
  });

  it("is for administrators alone, who are told in the place of the list", async () => {
    const bot = await startListening();
    bot.refuse("credentials.list", "admins_only");
    await type(bot, "credentials");
    await shown(
      bot,
      CALLBACK.notice,
      en.errors.admins_only(() => ""),
    );
    expect(await refusals(bot)).toEqual([]);
  });
});

describe("a new credential", () => {
  const filled = {
    ...text(BLOCK.credentialName, ACTION.credentialName, "db-prod root"),
    ...text(BLOCK.credentialUser, ACTION.credentialUser, "root"),
    ...text(BLOCK.credentialDescription, ACTION.credentialDescription, "for the night shift"),
    [BLOCK.credentialType]: { [ACTION.credentialType]: { type: "static_select", selected_option: { value: "SSH_KEY" } } },
    [BLOCK.credentialMicrotenant]: { [ACTION.credentialMicrotenant]: { type: "static_select", selected_option: { value: "77" } } },
  };
  const form = async (bot: Listening) => {
    await list(bot);
    await press(bot, BLOCK.credentialsActions, ACTION.credentialsNew);
    return shown(bot, CALLBACK.credentialForm);
  };

  it("is asked for without its secret, and comes to the link, whose code is confirmed by its person", async () => {
    const bot = await startListening();
    await form(bot);
    await bot.workspace.control.submit({ userId: ana, values: filled });
    expect(called(bot, "credentials.offer")).toEqual([
      {
        by: actor(ana),
        kind: "add",
        name: "db-prod root",
        type: "SSH_KEY",
        userName: "root",
        userDomain: null,
        description: "for the night shift",
        microtenantId: "77",
      },
    ]);
    await shown(bot, CALLBACK.credentialOffer);
    expect((await press(bot, BLOCK.credentialPage, ACTION.credentialPage)).status).toBe("acked");
    await bot.workspace.control.submit({ userId: ana, values: text(BLOCK.credentialCode, ACTION.credentialCode, "482 913") });
    expect(called(bot, "credentials.confirm")).toEqual([{ by: actor(ana), handoverId: anOffer().handoverId, code: "482 913" }]);
    await shown(bot, CALLBACK.notice, say.confirmed("db-prod root"));
    expect(await refusals(bot)).toEqual([]);
  });

  it("goes to the Default microtenant, with what was left empty empty", async () => {
    const bot = await startListening();
    await form(bot);
    await bot.workspace.control.submit({ userId: ana, values: text(BLOCK.credentialName, ACTION.credentialName, "panel") });
    expect(called(bot, "credentials.offer")).toMatchObject([{ name: "panel", userName: null, description: null, microtenantId: null }]);
  });

  it.each([
    ["credentialName", "credential_name_taken"],
    ["credentialUser", "credential_incomplete"],
    ["credentialDomain", "text_too_long"],
    ["credentialDescription", "text_too_long"],
  ] as const)("is refused at the field: %s, %s", async (field, code) => {
    const bot = await startListening();
    await form(bot);
    bot.refuse("credentials.offer", code, { field });
    const { errors } = await bot.workspace.control.submit({ userId: ana, values: filled });
    expect(errors?.[BLOCK[field]]).toBe(en.errors[code]((_, otherwise) => otherwise));
  });

  it("has no form while the page is switched off, and says what to set", async () => {
    const bot = await startListening();
    bot.refuse("credentials.room", "credential_page_off");
    await list(bot);
    await press(bot, BLOCK.credentialsActions, ACTION.credentialsNew);
    await shown(bot, CALLBACK.notice, "CREDENTIAL_PAGE_PORT");
    expect(await refusals(bot)).toEqual([]);
  });

  it.each(["handover_code_wrong", "handover_not_opened"] as const)("says at the code: %s", async (code) => {
    const bot = await startListening();
    await form(bot);
    await bot.workspace.control.submit({ userId: ana, values: filled });
    await shown(bot, CALLBACK.credentialOffer);
    bot.refuse("credentials.confirm", code, { field: "credentialCode" });
    const { errors } = await bot.workspace.control.submit({
      userId: ana,
      values: text(BLOCK.credentialCode, ACTION.credentialCode, "000000"),
    });
    expect(errors?.[BLOCK.credentialCode]).toBe(en.errors[code]((_, otherwise) => otherwise));
  });
});

describe("a credential that is there", () => {
  it("is given a new secret by a link of its own, once for two clicks at the same moment", async () => {
    const bot = await startListening();
    await details(bot);
    const release = bot.hold("credentials.offer");
    const clicks = [press(bot, BLOCK.credential, ACTION.credentialRotate), press(bot, BLOCK.credential, ACTION.credentialRotate)];
    await Promise.allSettled(clicks);
    release();
    await shown(bot, CALLBACK.credentialOffer);
    expect(called(bot, "credentials.offer")).toEqual([{ by: actor(ana), kind: "rotate", ...credential }]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("is moved by the click on the page that says what that means, and the list behind is drawn anew", async () => {
    const bot = await startListening();
    await details(bot);
    await press(bot, BLOCK.credential, ACTION.credentialTo, {
      selected_option: { text: { type: "plain_text", text: "Plant" }, value: "77" },
    });
    await shown(bot, CALLBACK.credentialMove, "Database hosts");
    expect(called(bot, "credentials.previewMove")).toEqual([{ by: actor(ana), ...credential, to: "77" }]);
    expect(called(bot, "credentials.move")).toEqual([]);
    await press(bot, BLOCK.credential, ACTION.credentialMove);
    await shown(bot, CALLBACK.notice, say.moved("db-prod maintenance", "Default"));
    expect(called(bot, "credentials.move")).toEqual([{ by: actor(ana), ...credential, to: "77", shownUses: ["5001"] }]);
    await until(async () => (called(bot, "credentials.list").length === 2 ? true : null));
    expect(called(bot, "credentials.list").at(-1)).toEqual({ by: actor(ana), search: "db-prod" });
    expect(await refusals(bot)).toEqual([]);
  });

  it("is deleted with the rules that were shown, and no others", async () => {
    const bot = await startListening();
    await details(bot);
    await press(bot, BLOCK.credential, ACTION.credentialDelete);
    await shown(bot, CALLBACK.credentialDelete, "Database hosts");
    expect(called(bot, "credentials.previewRemove")).toEqual([{ by: actor(ana), ...credential }]);
    await press(bot, BLOCK.credential, ACTION.credentialDeleteNow);
    await shown(bot, CALLBACK.notice, say.deleted("db-prod maintenance"));
    expect(called(bot, "credentials.remove")).toEqual([{ by: actor(ana), ...credential, shownUses: ["5001"] }]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("says in its place why it was not deleted", async () => {
    const bot = await startListening();
    await details(bot);
    await press(bot, BLOCK.credential, ACTION.credentialDelete);
    await shown(bot, CALLBACK.credentialDelete);
    bot.refuse("credentials.remove", "credential_uses_changed", { params: { rules: "Panels" } });
    await press(bot, BLOCK.credential, ACTION.credentialDeleteNow);
    await shown(bot, CALLBACK.notice, "Panels");
  });

  it("tells in person what came of it when the page was closed meanwhile", async () => {
    const bot = await startListening();
    await details(bot);
    await press(bot, BLOCK.credential, ACTION.credentialDelete);
    await shown(bot, CALLBACK.credentialDelete);
    const release = bot.hold("credentials.remove");
    await press(bot, BLOCK.credential, ACTION.credentialDeleteNow);
    await shown(bot, CALLBACK.loading);
    await bot.workspace.control.close({ userId: ana });
    release();
    await until(async () =>
      (await bot.workspace.control.state()).messages.find(({ blocks }) => wordsIn(blocks).includes(say.deleted("db-prod maintenance"))),
    );
  });
});
