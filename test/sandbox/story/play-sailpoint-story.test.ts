import { describe, expect, it } from "vitest";
import { playSailPointStory } from "../../../sandbox/story/play-sailpoint-story.ts";
import { sailpointSentenceOf } from "../../../sandbox/story/tell-sailpoint-story.ts";
import { StoryError } from "../../../sandbox/story/until.ts";
import { type Misconduct, standInStage } from "./support/stand-in-bot.ts";

/**
 * Contract: the SailPoint story ends well only where the approval that it let be born is decided by the click, in SailPoint, in the name of
 * whoever clicked, was read back, and is one privileged approval with the right crons. Whatever is otherwise ends it with a sentence.
 */
describe("the SailPoint story", () => {
  it("goes from the birth of an approval to the privileged approval, and tells each step", async () => {
    await using at = await standInStage();
    const done = await playSailPointStory(at.stage);
    expect(at.told.map(({ step }) => step)).toEqual(["ready", "born", "card", "approved", "decided", "confirmed", "granted", "done"]);
    expect(done).toMatchObject({
      sailpointApproval: { status: "APPROVED", requestee: { email: "ana.ribeiro@harbour.example" } },
      privilegedApproval: { emailIds: ["ana.ribeiro@harbour.example"] },
      calls: { sailpoint: { POST: 1 } },
    });
  });

  it("can be read as sentences", async () => {
    await using at = await standInStage();
    await playSailPointStory(at.stage);
    const sentences = at.told.map(sailpointSentenceOf).join("\n");
    for (const expected of [
      'the approval "Ana Ribeiro on db-prod" is born',
      "portcullisTimeZone    Europe/Berlin",
      "Ben Okafor clicks Approve.",
      "SailPoint says APPROVED, with the comment: Ben Okafor decided in Slack.",
      "Calls to SailPoint: GET",
    ])
      expect(sentences).toContain(expected);
  });

  it.each<[string, Misconduct, RegExp]>([
    ["the crons are an hour off", { cronOff: 1 }, /^The crons are .* were due\.$/],
    ["no comment says who decided", { comment: "Approved." }, /^No comment in SailPoint says that Ben Okafor decided/],
    ["it was rejected", { verdict: "reject" }, /^SailPoint says REJECTED; APPROVED was due\.$/],
    ["there are two privileged approvals", { twice: true }, /^The tenant holds 2 privileged approvals for ana\.ribeiro/],
    ["the bot has not read it back", { readsNothing: true }, /the bot has read in SailPoint 1 times since the click/],
    ["the grant failed", { fails: true }, /^The request failed/],
  ])("does not end well when %s", async (_what, misconduct, sentence) => {
    await using at = await standInStage(misconduct);
    const ended = playSailPointStory(at.stage);
    await expect(ended).rejects.toThrow(StoryError);
    await expect(ended).rejects.toThrow(sentence);
    expect(at.told.map(({ step }) => step)).not.toContain("done");
  });
});
