import type { CredentialDraft } from "../../../../src/services/zpa/credentials/credential.ts";

const privateKey = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE\n-----END OPENSSH PRIVATE KEY-----\n";

const common = { description: null, userDomain: null, microtenantId: null } as const;

/** One of each type. */
export const drafts = {
  USERNAME_PASSWORD: {
    ...common,
    name: "Backup console & vault",
    description: "Restores, at night <only>",
    type: "USERNAME_PASSWORD",
    userName: "ACME\\restore",
    userDomain: "ad.acme.example",
    secret: { kind: "password", password: 'kestrel-"7"-Ünder\\dune' },
  },
  SSH_KEY: {
    ...common,
    name: "plc-gateway",
    type: "SSH_KEY",
    userName: "plc",
    secret: { kind: "key", privateKey, passphrase: "four winds at sea" },
  },
  PASSWORD: {
    ...common,
    name: "Boiler house panel",
    type: "PASSWORD",
    userName: null,
    secret: { kind: "password", password: "steam-1877" },
  },
} as const satisfies Readonly<Record<string, CredentialDraft>>;
