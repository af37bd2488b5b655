import { createHash, generateKeyPairSync } from "node:crypto";
import type { KnownBlock, View } from "@slack/types";
import { describe, expect, it } from "vitest";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { aBrowser, codeIn, headingIn, PASSWORD } from "../http/credential-page/a-page.ts";
import { sandboxForTests } from "./a-sandbox.ts";
import { pagesOf } from "./pages-of.ts";

const de = textsFor("de");
const { credentials: say } = de;
const dora = PEOPLE.admin.id;
const hour = 3_600_000;
const { privateKey } = generateKeyPairSync("ed25519", {
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const elementsOf = (view: View) =>
  (view.blocks as readonly KnownBlock[]).flatMap((block) => (block.type === "actions" ? block.elements : []));
/** As the simulated tenant keeps of a secret. */
const sha256 = (...parts: readonly string[]) => createHash("sha256").update(parts.join("\0")).digest("hex");

/**
 * Contract: from `/pra credentials` an administrator makes, rotates, moves and deletes a credential. Its secret goes from a browser to ZPA and
 * never through Slack; what came of each step is proven in ZPA and told in Slack.
 */
describe("credentials, with the real bot and its page", { timeout: 90_000 }, () => {
  const started = sandboxForTests("http");

  const state = () => started.sandbox.slack.control.state();
  const stored = async (name: string) => (await started.sandbox.tenant.control.state()).credentials.find((each) => each.name === name);
  const pages = pagesOf(started);
  /** Dora's page on top, once it is of this kind and says this. */
  const modal = (callbackId: string, words = "") => pages.shown(dora, callbackId, words);
  const told = (words: string) =>
    until(`the message ${words}`, async () => (await state()).messages.find(({ blocks }) => textOf(blocks).includes(words)) ?? null);
  const type = (text: string) => pages.type(dora, text);
  const click = (blockId: string, actionId: string, element: Record<string, unknown> = {}) =>
    started.sandbox.slack.control.viewAction({ userId: dora, surface: "modal", blockId, actionId, element });
  const blockOf = (view: View, words: string): string => {
    const place = view.blocks.findIndex((block) => block.type === "rich_text" && textOf([block]).includes(words));
    return view.blocks[place + 1]?.block_id ?? "";
  };
  const linkIn = (view: View): string => JSON.stringify(view).match(/http:\/\/127\.0\.0\.1:\d+\/credentials\/[\w-]+/u)?.[0] ?? "";
  const confirm = (code: string) =>
    started.sandbox.slack.control.submit({
      userId: dora,
      values: { [BLOCK.credentialCode]: { [ACTION.credentialCode]: { type: "plain_text_input", value: code } } },
    });
  const openDetails = async (name: string) => {
    await type(`credentials ${name}`);
    const list = await modal(CALLBACK.credentials, name);
    await click(blockOf(list, name), ACTION.credentialOpen);
    return modal(CALLBACK.credential, name);
  };
  const closeAll = () => pages.closeAll(dora);

  it("adds one: form, link, browser, code, key, proven in ZPA and told in Slack", async () => {
    await type("credentials");
    const list = await modal(CALLBACK.credentials, "SCADA operator");
    expect(textOf(list.blocks)).toContain(say.isStale(90));
    expect(textOf(list.blocks)).toContain("RTM crane panel"); // of another microtenant
    await click(BLOCK.credentialsActions, ACTION.credentialsNew);
    const form = await modal(CALLBACK.credentialForm);
    expect(JSON.stringify(form)).not.toMatch(/private_?key|passphrase/iu);
    const name = { [BLOCK.credentialName]: { [ACTION.credentialName]: { type: "plain_text_input", value: "ledger-db key" } } };
    const { errors } = await started.sandbox.slack.control.submit({ userId: dora, values: name });
    expect(errors?.[BLOCK.credentialUser]).toBe(
      de.errors.credential_incomplete((key, otherwise) => (key === "missing" ? "userName" : otherwise)),
    );
    const user = { [BLOCK.credentialUser]: { [ACTION.credentialUser]: { type: "plain_text_input", value: "ledger" } } };
    const kind = { [BLOCK.credentialType]: { [ACTION.credentialType]: { selected_option: { value: "SSH_KEY" } } } };
    await started.sandbox.slack.control.submit({ userId: dora, values: { ...name, ...user, ...kind } });

    const offer = await modal(CALLBACK.credentialOffer, "ledger-db key");
    expect((await confirm("123 456")).errors?.[BLOCK.credentialCode]).toBe(de.errors.handover_not_opened(() => ""));
    const browser = aBrowser(linkIn(offer));
    const code = codeIn(await browser.begin());
    const wrong = code === "000 000" ? "000 001" : "000 000";
    expect((await confirm(wrong)).errors?.[BLOCK.credentialCode]).toBe(
      de.errors.handover_code_wrong((key, otherwise) => (key === "left" ? "4" : otherwise)),
    );
    expect(await stored("ledger-db key")).toBeUndefined();
    await confirm(code);
    await modal(CALLBACK.notice, "ledger-db key");
    expect(headingIn(await browser.send({ key: privateKey, passphrase: "" }))).toBe(de.credentialPage.outcomes.DONE[0]);
    expect(await stored("ledger-db key")).toMatchObject({
      credentialType: "SSH_KEY",
      userName: "ledger",
      secretSha256: sha256(privateKey, ""),
    });
    await told(de.credentialMessages.outcomes.DONE.add);
    await closeAll();
  });

  it("rotates one: the age starts anew", async () => {
    await openDetails("SCADA operator");
    await click(BLOCK.credential, ACTION.credentialRotate);
    const offer = await modal(CALLBACK.credentialOffer, say.offerIntro.rotate);
    const browser = aBrowser(linkIn(offer));
    await confirm(codeIn(await browser.begin()));
    await modal(CALLBACK.notice);
    await browser.send({ password: PASSWORD });
    expect(await stored("SCADA operator")).toMatchObject({ secretSha256: sha256(PASSWORD) });
    await told(de.credentialMessages.outcomes.DONE.rotate);
    await closeAll();
    expect(textOf((await openDetails("SCADA operator")).blocks)).toContain(`${say.reset(0)}${say.isFresh}`);
    await closeAll();
  });

  it("moves one, and draws the list behind anew", async () => {
    const details = await openDetails("jump hosts");
    const menu = elementsOf(details).find((element) => element.type === "static_select");
    const rotterdam = menu?.options?.find(({ text }) => text.text === "Plant Rotterdam");
    await click(BLOCK.credential, ACTION.credentialTo, { selected_option: rotterdam });
    await modal(CALLBACK.credentialMove, "Plant Rotterdam");
    await click(BLOCK.credential, ACTION.credentialMove);
    await modal(CALLBACK.notice, say.moved("jump hosts", "Plant Rotterdam"));
    expect(await stored("jump hosts")).toMatchObject({ microtenantId: rotterdam?.value });
    await started.sandbox.slack.control.close({ userId: dora });
    await modal(CALLBACK.credentials, "Privater SSH-Schlüssel · jump · Plant Rotterdam");
    await closeAll();
  });

  it("shows which rules use one before it is deleted, and deletes what none uses", async () => {
    await openDetails("db-prod maintenance");
    await click(BLOCK.credential, ACTION.credentialDelete);
    expect(textOf((await modal(CALLBACK.credentialDelete)).blocks)).toMatch(/Databases[\s\S]*Zscaler lehnt das Löschen vermutlich ab/u);
    await click(BLOCK.credential, ACTION.credentialDeleteNow);
    await modal(CALLBACK.notice, "referenced by a policy rule");
    expect(await stored("db-prod maintenance")).toBeDefined();
    await closeAll();

    await openDetails("ledger-db key");
    await click(BLOCK.credential, ACTION.credentialDelete);
    await modal(CALLBACK.credentialDelete, say.usesNone);
    await click(BLOCK.credential, ACTION.credentialDeleteNow);
    await modal(CALLBACK.notice, say.deleted("ledger-db key"));
    expect(await stored("ledger-db key")).toBeUndefined();
    await started.sandbox.slack.control.close({ userId: dora });
    await modal(CALLBACK.credentials, say.noneFound);
    await closeAll();
  });

  it("has the list for administrators alone, and a link that has run out is told at the code", async () => {
    await pages.type(PEOPLE.requester.id, "credentials");
    await pages.says(
      PEOPLE.requester.id,
      textsFor("en").errors.admins_only(() => ""),
    );
    await openDetails("Robot cells");
    await click(BLOCK.credential, ACTION.credentialRotate);
    const browser = aBrowser(linkIn(await modal(CALLBACK.credentialOffer)));
    const code = codeIn(await browser.begin());
    await started.sandbox.clock.moveTo(new Date(started.sandbox.clock.now().getTime() + hour));
    await confirm(code);
    await modal(
      CALLBACK.notice,
      de.errors.handover_over((key, otherwise) => (key === "why" ? "expired" : otherwise)),
    );
    expect(headingIn(await browser.open())).toBe(de.credentialPage.over.expired[0]);
    expect((await state()).refusals).toEqual([]);
  });
});
