import type { StoredClient, StoredGroup, StoredIdentity, Tenant } from "./tenant.ts";

export interface Seed {
  readonly identities: readonly StoredIdentity[];
  readonly groups: readonly StoredGroup[];
}

const identity = (id: string, name: string, level: StoredIdentity["level"] = "USER", domain = "harbour.example"): StoredIdentity => ({
  id: `2c91808a7a0${id.padStart(21, "0")}`,
  name,
  email: `${name.toLowerCase().replaceAll(" ", ".")}@${domain}`,
  level,
});

/** The people of the simulated Slack workspace, by their emails, and some whom Slack does not know. */
export const IDENTITIES = {
  /** Owns the token that the bot acts with. */
  owner: identity("1", "Portcullis Service", "ORG_ADMIN"),
  requester: identity("2", "Ana Ribeiro"),
  approver: identity("3", "Ben Okafor"),
  otherApprover: identity("4", "Chiyo Tanaka"),
  admin: identity("5", "Dora Klein", "ORG_ADMIN"),
  /** Approves in SailPoint and has no Slack account. */
  withoutSlack: identity("6", "Nils Nordahl"),
} as const;

export const GROUPS = {
  databaseOwners: {
    id: "9f2b7c10-58c4-4c0e-9a36-7c3a5e1d2b01",
    name: "Database owners",
    memberIds: [IDENTITIES.approver.id, IDENTITIES.otherApprover.id],
  },
} as const satisfies Readonly<Record<string, StoredGroup>>;

export const defaultSeed: Seed = { identities: Object.values(IDENTITIES), groups: Object.values(GROUPS) };

/** What the bot signs in with unless a test says otherwise. */
export const botClient: StoredClient = { id: "portcullis-sandbox", secret: "sailpoint-sandbox-secret", identityId: IDENTITIES.owner.id };

/** Starts over: these people, no approvals, no configurations, and the bot's own client. The clock stays where it is. */
export function seedTenant(tenant: Tenant, { identities, groups }: Seed): void {
  for (const map of [tenant.identities, tenant.groups, tenant.clients, tenant.approvals, tenant.configs]) map.clear();
  tenant.bulkOrders = [];
  tenant.faults = [];
  tenant.nextId = 1;
  for (const each of [IDENTITIES.owner, ...identities]) tenant.identities.set(each.id, each);
  for (const group of groups) tenant.groups.set(group.id, group);
  tenant.clients.set(botClient.id, botClient);
}
