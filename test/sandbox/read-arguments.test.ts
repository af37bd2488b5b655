import { describe, expect, it } from "vitest";
import { readArguments } from "../../sandbox/read-arguments.ts";

describe("what follows npm run sandbox", () => {
  it("is the page at its usual port, without SailPoint and without a story, when nothing follows", () => {
    expect(readArguments([])).toMatchObject({
      port: 4000,
      slackMode: "socket",
      replicas: 1,
      sailpoint: false,
      story: null,
      healthPort: null,
    });
  });

  it.each([
    [["--sailpoint"], { sailpoint: true, story: null }],
    [["--story"], { sailpoint: false, story: "request" }],
    [["--story", "--sailpoint"], { sailpoint: true, story: "request" }],
    [["--story", "sailpoint", "--json"], { sailpoint: true, story: "sailpoint", json: true }],
    [["--postgres", "--replicas", "2"], { postgres: true, replicas: 2 }],
  ])("is understood: %j", (args, read) => {
    expect(readArguments(args)).toMatchObject(read);
  });

  it.each([
    [["--story", "moon"], "--story takes nothing, or sailpoint."],
    [["--story", "request"], "--story takes nothing, or sailpoint."],
    [["sailpoint"], "Unexpected argument 'sailpoint'."],
    [["--story", "sailpoint", "twice"], "Unexpected argument 'twice'."],
    [["--moon"], "Usage: npm run sandbox"],
    [["--port", "70000"], "--port is a number from 0 to 65535."],
    [["--replicas", "2"], "add --postgres"],
    [["--slack-mode", "pigeon"], "--slack-mode is socket or http."],
  ])("is refused with a sentence: %j", (args, sentence) => {
    expect(() => readArguments(args)).toThrow(sentence);
  });
});
