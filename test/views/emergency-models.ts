import { CHANNELS, PEOPLE, TEAM } from "../../sandbox/slack/seed.ts";
import type { CatalogConsole } from "../../src/services/catalog/catalog.ts";
import type { Person } from "../../src/services/directory/person.ts";
import type { BreakGlassForetold, ReviewToAnswer } from "../../src/services/emergency/emergency.ts";

const { admin, approver, otherApprover } = PEOPLE;

export const dora: Person = {
  teamId: TEAM.id,
  userId: admin.id,
  name: admin.realName,
  email: admin.email ?? "",
  zpaUser: admin.email ?? "",
  timeZone: admin.timeZone,
  locale: "en-US",
};

export const foretold = (console: CatalogConsole): BreakGlassForetold => ({
  person: dora,
  consoles: [console],
  alsoOpens: [],
  withoutEffect: [],
  seconds: 3600,
  until: new Date("2026-11-22T13:00:00Z"),
  reason: "INC-77",
  told: [approver.id, otherApprover.id],
  channelId: CHANNELS.approvals.id,
});

export const dueReview: ReviewToAnswer = {
  review: {
    id: "review-1",
    userId: admin.id,
    zpaUser: dora.zpaUser,
    requestIds: ["r1"],
    openedAt: new Date("2026-11-22T12:00:00Z"),
    asks: 0,
    lastAskedAt: null,
    answer: null,
    answeredBy: null,
    answeredAt: null,
  },
  labels: ["PRA-1042"],
  consoleNames: ["db-prod"],
  reason: "INC-77: <!channel> the primary is *down*",
};
