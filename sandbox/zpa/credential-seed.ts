import { type MicrotenantName, microtenantSeeds } from "./landscape.ts";
import type { SeedOptions } from "./seed.ts";
import type { StoredCredential } from "./tenant.ts";

interface CredentialSeed extends Pick<StoredCredential, "name" | "credentialType"> {
  readonly description?: string;
  readonly userName?: string;
  readonly userDomain?: string;
  readonly microtenant?: MicrotenantName;
  readonly createdDaysAgo: number;
  /** Left out: its secret is as old as itself. */
  readonly resetDaysAgo?: number;
}

/** Fresh ones and ones that nobody has looked at for years. */
const seeds: readonly CredentialSeed[] = [
  { name: "db-prod maintenance", credentialType: "SSH_KEY", userName: "maint", createdDaysAgo: 410, resetDaysAgo: 12 },
  {
    name: "Domain admin break-glass",
    credentialType: "USERNAME_PASSWORD",
    userName: "bg-admin",
    userDomain: "ad.acme.example",
    description: "Sealed envelope in the safe, Frankfurt & Virginia",
    createdDaysAgo: 730,
    resetDaysAgo: 95,
  },
  { name: "HMI panels", credentialType: "PASSWORD", description: "All bottling lines", createdDaysAgo: 1_460 },
  { name: "jump hosts", credentialType: "SSH_KEY", userName: "jump", createdDaysAgo: 200 },
  {
    name: "SCADA operator",
    credentialType: "USERNAME_PASSWORD",
    userName: "operator",
    userDomain: "plant.acme.example",
    createdDaysAgo: 900,
    resetDaysAgo: 400,
  },
  { name: "Robot cells", credentialType: "PASSWORD", createdDaysAgo: 35 },
  { name: "RTM crane panel", credentialType: "PASSWORD", microtenant: "Plant Rotterdam", createdDaysAgo: 640 },
  {
    name: "RTM SCADA",
    credentialType: "USERNAME_PASSWORD",
    userName: "rtm-scada",
    microtenant: "Plant Rotterdam",
    createdDaysAgo: 300,
    resetDaysAgo: 60,
  },
  { name: "nordwind-db", credentialType: "SSH_KEY", userName: "postgres", microtenant: "Nordwind Logistics", createdDaysAgo: 150 },
];

const daySeconds = 86_400;
/** Small numbers in sequence, as an approval's are. */
const firstId = 11_262;
/** After the seeded ones. */
export const firstNewCredentialId = 11_410;
const orNull = (text: string | undefined): string | null => text ?? null;

/** The credentials of a new tenant, aged at that instant. Nobody knows their secrets. */
export function seedCredentials({ microtenants = true }: SeedOptions, nowEpochSeconds: number): ReadonlyMap<string, StoredCredential> {
  const chosen = seeds.filter(({ microtenant }) => microtenants || microtenant === undefined);
  return new Map(
    chosen.map((seed, place) => {
      const id = String(firstId + place);
      const creationTime = nowEpochSeconds - seed.createdDaysAgo * daySeconds;
      const reset = seed.resetDaysAgo === undefined ? null : nowEpochSeconds - seed.resetDaysAgo * daySeconds;
      return [
        id,
        {
          id,
          name: seed.name,
          description: orNull(seed.description),
          credentialType: seed.credentialType,
          userName: orNull(seed.userName),
          userDomain: orNull(seed.userDomain),
          secretSha256: null,
          creationTime,
          modifiedTime: reset,
          lastCredentialResetTime: reset ?? creationTime,
          microtenantId: microtenantSeeds.find(({ name }) => name === seed.microtenant)?.id ?? null,
        },
      ];
    }),
  );
}
