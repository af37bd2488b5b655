import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../../sandbox/slack/seed.ts";
import type { SimulatedSlack } from "../../../sandbox/slack/server.ts";
import { webClient } from "./recording-app.ts";
import { startWorkspace } from "./tiny-app.ts";

const userId = PEOPLE.requester.id;
let slack: SimulatedSlack;
beforeEach(async () => {
  slack = await startWorkspace();
});
afterEach(() => slack.close());

describe("the control side", () => {
  it("lets nobody do what a person could not", async () => {
    const { control } = slack;
    await expect(
      control.command({ userId: PEOPLE.stranger.id, channelId: CHANNELS.general.id, command: "/pra", text: "" }),
    ).rejects.toThrow(`${PEOPLE.stranger.id} is not in ${CHANNELS.general.id}.`);
    await expect(control.submit({ userId, values: {} })).rejects.toThrow(`${userId} has no modal open.`);
    await expect(control.messageAction({ userId, channelId: CHANNELS.general.id, ts: "1.1", blockId: "b", actionId: "a" })).rejects.toThrow(
      "sees no message",
    );
  });

  it("takes JSON alone, so that no page elsewhere can act", async () => {
    const body = JSON.stringify({ userId });
    expect((await fetch(`${slack.url}/control/openHome`, { method: "POST", body })).status).toBe(415);
    const headers = { "content-type": "application/json" };
    expect((await fetch(`${slack.url}/control/openHome`, { method: "POST", headers, body: "{}" })).status).toBe(400);
  });

  it("adds and replaces people, and forgets the calls counted so far", async () => {
    await webClient(slack).auth.test();
    await slack.control.seed({ users: [{ ...PEOPLE.requester, realName: "Ana R. Ribeiro" }] });
    await slack.control.resetCalls({});
    const { users, calls } = await slack.control.state();
    expect(users.find(({ id }) => id === userId)?.realName).toBe("Ana R. Ribeiro");
    expect(calls).toEqual({});
  });

  it("tells whoever watches that something has changed", async () => {
    const watching = await fetch(`${slack.url}/control/events`);
    const reader = watching.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain("event: changed");
    const next = reader?.read();
    await slack.control.seed({});
    expect((await next)?.value).toContain("event: changed");
    await reader?.cancel();
  });
});
