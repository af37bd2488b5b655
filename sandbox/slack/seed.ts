import type { SimChannel, SimState, SimUser } from "./control.ts";

/** The one workspace of the simulator, and the app that is installed in it. */
export const TEAM = { id: "T01HARBOUR", domain: "harbour-works", name: "Harbour Works" } as const;
const FOREIGN_TEAM_ID = "T09PARTNER";
export const APP = { id: "A01PORTCUL", botUserId: "U01PRABOT0", botId: "B01PRABOT0", name: "portcullis" } as const;

const person = (user: Pick<SimUser, "id" | "name" | "realName" | "timeZone"> & Partial<SimUser>): SimUser => ({
  teamId: TEAM.id,
  email: `${user.name}@harbour.example`,
  emailConfirmed: true,
  locale: "en-US",
  isBot: false,
  isRestricted: false,
  isDeleted: false,
  isStranger: false,
  ...user,
});

/** People by the part they play; each of the lower ones is somebody whom the bot must refuse. */
export const PEOPLE = {
  requester: person({ id: "U01ANA0000", name: "ana.ribeiro", realName: "Ana Ribeiro", timeZone: "Europe/Lisbon" }),
  approver: person({ id: "U01BEN0000", name: "ben.okafor", realName: "Ben Okafor", timeZone: "America/New_York" }),
  otherApprover: person({ id: "U01CHIYO00", name: "chiyo.tanaka", realName: "Chiyo Tanaka", timeZone: "Asia/Tokyo" }),
  admin: person({ id: "U01DORA000", name: "dora.klein", realName: "Dora Klein", timeZone: "Europe/Berlin", locale: "de-DE" }),
  guest: person({ id: "U01GUEST00", name: "gil.guest", realName: "Gil Guest", timeZone: "Europe/Paris", isRestricted: true }),
  deactivated: person({ id: "U01FORMER0", name: "fay.former", realName: "Fay Former", timeZone: "Europe/Lisbon", isDeleted: true }),
  bot: person({ id: "U01OTHERBO", name: "deploybot", realName: "Deploy Bot", timeZone: "Etc/UTC", email: null, isBot: true }),
  unconfirmed: person({
    id: "U01UNCONF0",
    name: "uma.unconfirmed",
    realName: "Uma Unconfirmed",
    timeZone: "Asia/Calcutta",
    emailConfirmed: false,
  }),
  sharedOne: person({ id: "U01SHARE10", name: "sam.one", realName: "Sam One", timeZone: "Europe/Madrid", email: "ops@harbour.example" }),
  sharedTwo: person({ id: "U01SHARE20", name: "sam.two", realName: "Sam Two", timeZone: "Europe/Madrid", email: "ops@harbour.example" }),
  stranger: person({
    id: "U09STRANGE",
    teamId: FOREIGN_TEAM_ID,
    name: "sid.stranger",
    realName: "Sid Stranger",
    timeZone: "America/Chicago",
    email: "sid.stranger@partner.example",
    isStranger: true,
  }),
} as const;

const app = person({ id: APP.botUserId, name: APP.name, realName: "Portcullis", timeZone: "Etc/UTC", email: null, isBot: true });

const colleagues = Object.values(PEOPLE)
  .filter((user) => user.teamId === TEAM.id && !user.isDeleted)
  .map((user) => user.id);

const channel = (id: string, name: string, members: string[], isExternallyShared = false): SimChannel => ({
  id,
  kind: "channel",
  name,
  members,
  isExternallyShared,
});

export const CHANNELS = {
  approvals: channel("C01PRAAPPR", "pra-approvals", [APP.botUserId, ...colleagues]),
  general: channel("C01GENERAL", "general", colleagues),
  shared: channel("C01PARTNER", "partner-acme", [APP.botUserId, PEOPLE.requester.id, PEOPLE.approver.id, PEOPLE.stranger.id], true),
} as const;

export const USER_GROUPS = {
  approvers: {
    id: "S01PRAAPPR",
    handle: "pra-approvers",
    name: "PRA approvers",
    users: [PEOPLE.approver.id, PEOPLE.otherApprover.id],
    isDisabled: false,
  },
  onCall: { id: "S01PRACALL", handle: "pra-on-call", name: "PRA on call", users: [PEOPLE.admin.id], isDisabled: false },
};

/** What a workspace holds when the simulator starts: a fresh copy on every call. */
export const initialSeed = (): Pick<SimState, "users" | "userGroups" | "channels"> =>
  structuredClone({ users: [app, ...Object.values(PEOPLE)], userGroups: Object.values(USER_GROUPS), channels: Object.values(CHANNELS) });
