import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE, TEAM } from "../../sandbox/slack/seed.ts";
import { PortcullisError } from "../../src/errors.ts";
import { createNotifyPort } from "../../src/slack/notify-port.ts";
import { createTrustedPlace } from "../../src/slack/trusted-place.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { systemTimers } from "../../src/timers.ts";
import { approvalCard } from "../../src/views/approval-card.ts";
import { startShell } from "../support/slack-shell.ts";
import { overviewOf, requestOf } from "../views/models.ts";

const dora = PEOPLE.admin.id;
const ben = { teamId: TEAM.id, userId: PEOPLE.approver.id };
const pending = overviewOf();
const granted = overviewOf({ request: requestOf({ status: "GRANTED", decidedAt: new Date("2026-03-16T08:00:00Z") }) });

const start = async () => {
  const shell = await startShell({ mode: "http", register: () => undefined });
  const { outbound, directory, clients } = shell.slack;
  const homes: string[] = [];
  const port = createNotifyPort({
    outbound,
    directory,
    client: clients.outbound,
    trustedPlace: createTrustedPlace({ client: clients.interactive, timers: systemTimers }),
    publishHome: async (userId) => void homes.push(userId),
  });
  return { ...shell, port, homes, state: () => shell.workspace.control.state() };
};

describe("drawing and sending cards", () => {
  it("posts to a person's direct messages in their language, and brings the card up to date there", async () => {
    const { port, state } = await start();
    const audience = { kind: "approver" as const, userId: dora };
    const card = await port.post(audience, pending, "c1");
    await port.update(card, audience, granted);
    await port.say(card, audience, { notice: "granted" }, granted);
    const { messages, channels, refusals } = await state();
    const direct = channels.find(({ id }) => id === card.channelId);
    expect(direct).toMatchObject({ kind: "im", members: expect.arrayContaining([dora]) });
    const [shown, notice] = messages;
    expect(shown).toMatchObject({ channel: card.channelId, ts: card.ts, edited: true });
    expect(JSON.stringify(shown?.blocks)).toContain(textsFor("de").status.GRANTED);
    expect(notice).toMatchObject({ threadTs: card.ts });
    expect(refusals).toEqual([]);
  });

  it("finds a card by its key where it was posted, also when the answer was lost, and not one from before", async () => {
    const { port, workspace, state } = await start();
    const audience = { kind: "channel" as const, channelId: CHANNELS.approvals.id };
    const place = { channelId: CHANNELS.approvals.id, since: new Date() };
    expect(await port.findPosted(place, "c1")).toBeNull();
    await workspace.control.fault({ method: "chat.postMessage", kind: "500", times: 1, when: "after-effect" });
    await expect(port.post(audience, pending, "c1")).rejects.toMatchObject({ code: "slack_unreachable" });
    const [shown] = (await state()).messages;
    expect(await port.findPosted(place, "c1")).toEqual({ channelId: CHANNELS.approvals.id, ts: shown?.ts });
    expect(await port.findPosted(place, "c2")).toBeNull();
    expect(await port.findPosted({ ...place, since: new Date(Date.now() + 3_600_000) }, "c1")).toBeNull();
    expect((await state()).refusals).toEqual([]);
  });

  it("knows without sending whether a card would look different", async () => {
    const { port } = await start();
    const audience = { kind: "channel" as const, channelId: CHANNELS.approvals.id };
    expect(await port.digest(audience, pending)).toBe(await port.digest(audience, overviewOf()));
    expect(await port.digest(audience, pending)).not.toBe(await port.digest(audience, granted));
    expect(await port.digest({ kind: "approver", userId: dora }, pending)).not.toBe(await port.digest(audience, pending));
  });

  it("posts no card where another organisation could read it", async () => {
    const { port, state } = await start();
    await expect(port.post({ kind: "channel", channelId: CHANNELS.shared.id }, pending, "c1")).rejects.toMatchObject({
      code: "channel_shared_externally",
    });
    expect((await state()).messages).toEqual([]);
  });

  it("takes the details and the buttons off a card once its channel is shared with another organisation", async () => {
    const { port, slack, state } = await start();
    const audience = { kind: "channel" as const, channelId: CHANNELS.shared.id };
    const before = approvalCard(pending, { kind: "channel", timeZone: null, locale: null }, textsFor(null));
    const card = await slack.outbound.post(CHANNELS.shared.id, before);
    await port.update(card, audience, pending);
    const [shown] = (await state()).messages;
    expect(shown).toMatchObject({ ts: card.ts, edited: true, text: textsFor(null).card.withheld("PRA-1042") });
    expect(JSON.stringify(shown?.blocks)).not.toMatch(/db-prod|OPS-123|actions|Ana|U1ANA/);
    expect(await port.isWithheld(audience)).toBe(true);
    expect(await port.isWithheld({ kind: "channel", channelId: CHANNELS.approvals.id })).toBe(false);
    expect(await port.digest(audience, pending)).toBe(await port.digest(audience, granted));
  });

  it("shows readers a card without buttons, in person and in a channel, and none where another organisation could read it", async () => {
    const { port, state } = await start();
    await port.post({ kind: "reader", userId: dora }, pending, "c1");
    await port.post({ kind: "reader_channel", channelId: CHANNELS.approvals.id }, pending, "c1");
    const { messages } = await state();
    expect(messages).toHaveLength(2);
    expect(messages.flatMap(({ blocks }) => blocks).filter(({ type }) => type === "actions")).toEqual([]);
    const elsewhere = { kind: "reader_channel" as const, channelId: CHANNELS.shared.id };
    await expect(port.post(elsewhere, pending, "c1")).rejects.toMatchObject({ code: "channel_shared_externally" });
  });

  it("calls those who can decide in the thread of a card, and nowhere that another organisation can read", async () => {
    const { port, state } = await start();
    const audience = { kind: "channel" as const, channelId: CHANNELS.approvals.id };
    const card = await port.post(audience, pending, "c1");
    const call = { kind: "reminder", mentions: [{ kind: "person", userId: ben.userId }] } as const;
    await port.call(card, audience, call, pending);
    const said = (await state()).messages.at(-1);
    expect(said).toMatchObject({ channel: card.channelId, threadTs: card.ts });
    expect(JSON.stringify(said?.blocks)).toContain(`"user_id":"${ben.userId}"`);
    const shared = { kind: "channel" as const, channelId: CHANNELS.shared.id };
    await expect(port.call(card, shared, call, pending)).rejects.toMatchObject({ code: "channel_shared_externally" });
  });

  it("tells a person why nothing happened, beside the card or directly, with a reference for faults alone", async () => {
    const { port, state } = await start();
    const late = new PortcullisError("not_allowed");
    await port.tell(ben, { channelId: CHANNELS.approvals.id, messageTs: "1.0" }, late, "REF1");
    await port.tell(ben, { channelId: null, messageTs: null }, new PortcullisError("unexpected"), "REF2");
    const [beside, directly] = (await state()).messages;
    expect(beside).toMatchObject({ channel: CHANNELS.approvals.id, onlyFor: ben.userId });
    expect(JSON.stringify(beside)).not.toContain("REF1");
    expect(directly?.onlyFor).toBeNull();
    expect(JSON.stringify(directly)).toContain("REF2");
  });
});
