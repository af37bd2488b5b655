import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedHeaders } from "../../sandbox/slack/deliveries/sign.ts";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { onceEachEvent } from "../../src/slack/seen-events.ts";
import type { OpenDatabase } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { type DataFolder, newMigratedFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";
import { SIGNING_SECRET, startShell } from "../support/slack-shell.ts";

/** Contract: Slack delivers an event again until it is acknowledged in time; however often it comes, it is acted on once. */
let folder: DataFolder;
let database: OpenDatabase;
beforeAll(async () => {
  folder = await newMigratedFolder();
  database = await openDatabase({ url: null, folder: folder.folder, log: keptLog().log });
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

const deliver = (address: string, eventId: string, retry: number) => {
  const body = JSON.stringify({
    type: "event_callback",
    team_id: "T1",
    event_id: eventId,
    authorizations: [],
    event: { type: "app_home_opened", user: PEOPLE.requester.id, tab: "home", channel: "D1", event_ts: "1.0" },
    event_time: retry,
  });
  const epochSeconds = Math.floor(Date.now() / 1_000);
  const headers = signedHeaders({ signingSecret: SIGNING_SECRET, epochSeconds, body });
  return fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers, ...(retry > 0 ? { "x-slack-retry-num": String(retry) } : {}) },
    body,
  });
};

describe("an event that is delivered several times", () => {
  it("is acted on once, and acknowledged each time", async () => {
    const heard: string[] = [];
    const { address, slack } = await startShell({
      mode: "http",
      register: (app) => {
        app.use(onceEachEvent(database.db));
        app.event("app_home_opened", async ({ body }) => void heard.push(body.event_id));
      },
    });
    const answers = await Promise.all([0, 1, 2, 3].map((retry) => deliver(address, "Ev1", retry)));
    answers.push(await deliver(address, "Ev2", 0));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await slack.stop(5_000);
    expect(heard.sort()).toEqual(["Ev1", "Ev2"]);
  });

  it("is forgotten after a day", async () => {
    await database.db
      .insertInto("seen_event")
      .values({ event_id: "EvOld", seen_at: new Date(Date.now() - 25 * 3_600_000) })
      .execute();
    const { address, slack } = await startShell({ mode: "http", register: (app) => app.use(onceEachEvent(database.db)) });
    await deliver(address, "Ev3", 0);
    await slack.stop(5_000);
    const kept = await database.db.selectFrom("seen_event").select("event_id").execute();
    expect(kept.map(({ event_id }) => event_id)).not.toContain("EvOld");
  });
});
