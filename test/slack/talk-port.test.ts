import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE, TEAM } from "../../sandbox/slack/seed.ts";
import { createTalkPort } from "../../src/slack/talk-port.ts";
import { createTrustedPlace } from "../../src/slack/trusted-place.ts";
import { systemTimers } from "../../src/timers.ts";
import { startShell } from "../support/slack-shell.ts";
import { overviewOf } from "../views/models.ts";

const { approvals } = CHANNELS;
const ben = { teamId: TEAM.id, userId: PEOPLE.approver.id };
const audience = { kind: "channel", channelId: approvals.id } as const;

const start = async () => {
  const shell = await startShell({ mode: "http", register: () => undefined });
  const { outbound, directory, clients } = shell.slack;
  const talk = createTalkPort({
    ...{ outbound, directory, client: clients.outbound },
    trustedPlace: createTrustedPlace({ client: clients.interactive, timers: systemTimers }),
  });
  const card = await outbound.post(approvals.id, { text: "card", blocks: [] });
  const said = (key: string, text = "why?") => ({ label: "PRA-1042", by: ben, kind: "question", text, key }) as const;
  return { ...shell, talk, card, said, state: () => shell.workspace.control.state() };
};

describe("what is said in threads", () => {
  it("is found again by its key alone, also when Slack took it and its answer was lost", async () => {
    const { talk, card, said, workspace, state } = await start();
    expect(await talk.findRemark(card, "a1:1")).toBeNull();
    await workspace.control.fault({ method: "chat.postMessage", kind: "500", times: 1, when: "after-effect" });
    await expect(talk.sayRemark(card, audience, said("a1:1"))).rejects.toMatchObject({ code: "slack_unreachable" });
    const ts = await talk.findRemark(card, "a1:1");
    expect((await state()).messages.find((message) => message.ts === ts)).toMatchObject({ threadTs: card.ts });
    expect(await talk.findRemark(card, "a1:10")).toBeNull();
    expect((await state()).refusals).toEqual([]);
  });

  it("is found behind hundreds of other replies", async () => {
    const { talk, card, said, slack, workspace } = await start();
    for (let index = 0; index < 210; index += 1)
      await workspace.control.say({ userId: ben.userId, channelId: approvals.id, threadTs: card.ts, text: `${index}` });
    await slack.outbound.drain(5_000);
    const ts = await talk.sayRemark(card, audience, said("a1:2"));
    expect(await talk.findRemark(card, "a1:2")).toBe(ts);
  });

  it("says nothing under a card whose channel is shared with another organisation by now, and tells a proposer in person", async () => {
    const { talk, slack, said, state } = await start();
    const card = await slack.outbound.post(CHANNELS.shared.id, { text: "card", blocks: [] });
    const shared = { kind: "channel", channelId: CHANNELS.shared.id } as const;
    await expect(talk.sayRemark(card, shared, said("a1:3"))).rejects.toMatchObject({ code: "channel_shared_externally" });
    await talk.tellProposer(card, ben, "declined", overviewOf());
    const { messages } = await state();
    expect(messages.filter(({ channel }) => channel === CHANNELS.shared.id)).toHaveLength(1);
    expect(messages.at(-1)).toMatchObject({ threadTs: null, text: expect.stringContaining("was declined") });
  });

  it("answers one person alone, in their language, and tells a proposer in person where no card is theirs", async () => {
    const { talk, card, state } = await start();
    const dora = { teamId: TEAM.id, userId: PEOPLE.admin.id };
    await talk.answer(dora, { channelId: approvals.id, threadTs: card.ts }, "tooLate");
    await talk.tellProposer(null, ben, "declined", overviewOf());
    await talk.tellProposer(card, ben, "lapsed", overviewOf());
    const { messages, channels, refusals } = await state();
    const direct = channels.find(({ kind, members }) => kind === "im" && members.includes(ben.userId));
    expect(messages.slice(1)).toMatchObject([
      { onlyFor: dora.userId, threadTs: card.ts, text: expect.stringContaining("Danke trotzdem") },
      { channel: direct?.id, threadTs: null, text: expect.stringContaining("was declined") },
      { channel: approvals.id, threadTs: card.ts, text: expect.stringContaining("may no longer decide") },
    ]);
    expect(refusals).toEqual([]);
    expect(await talk.nameOf(ben.userId)).toBe("Ben Okafor");
    expect(await talk.nameOf("UNOBODY")).toBeNull();
  });
});
