import type { MicrotenantOption, SortOption } from "../zpa-client.ts";

export const CREDENTIAL_TYPES = ["USERNAME_PASSWORD", "SSH_KEY", "PASSWORD"] as const;

/** User name and password (RDP, SSH, VNC), user name and private key (SSH), password alone (VNC). */
export type CredentialType = (typeof CREDENTIAL_TYPES)[number];

/** What ZPA tells of a credential. It never tells the secret. */
export interface PrivilegedCredential {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** A {@link CredentialType}, or what a later version of ZPA says. */
  readonly type: string;
  readonly userName: string | null;
  readonly userDomain: string | null;
  /** When the secret was last written: ZPA takes every update for that, because an update carries the secret. */
  readonly lastResetAt: Date | null;
  readonly createdAt: Date | null;
  /** null where nobody has changed it since. */
  readonly modifiedAt: Date | null;
  /** null is the Default microtenant. */
  readonly microtenantId: string | null;
  readonly microtenantName: string | null;
  /** The object as ZPA sent it, unknown fields included, and without anything that could be a secret: an update sends it back whole. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** In memory only, for as long as one call takes. */
export type CredentialSecret =
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "key"; readonly privateKey: string; readonly passphrase: string | null };

/** What is written. `userDomain` of a PASSWORD is taken and forgotten by ZPA (recorded by the vendor's SDK). */
export interface CredentialDraft {
  readonly name: string;
  readonly description: string | null;
  readonly type: CredentialType;
  readonly userName: string | null;
  readonly userDomain: string | null;
  readonly secret: CredentialSecret;
  readonly microtenantId: string | null;
}

export interface CredentialListOptions extends MicrotenantOption, SortOption {
  /**
   * ZPA's filter expression, `field OPERATOR value`: `ownershipType EQ INHERITED`, `ownershipType EQ MICROTENANT_SPECIFIC`, `name EQ db-prod`.
   * It knows no quotes, and what people type is no expression: look for that in the whole list.
   */
  readonly search?: string;
}

/** null is the Default microtenant. */
export interface CredentialMove {
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * `/credential` ("Configuring Privileged Credentials Using API"). Every method throws `PortcullisError` with a `zpa_*` code; none of the
 * errors, their causes and the log lines contains a secret, whatever ZPA says back.
 */
export interface CredentialsApi {
  /**
   * POST, exactly once: after `zpa_timeout` it may stand, and whether ZPA refuses a name twice is not known. Look at the list first.
   * @throws PortcullisError `credential_incomplete` before anything is sent
   */
  create(draft: CredentialDraft): Promise<{ readonly id: string }>;
  /** Every page, to the end. @throws PortcullisError `zpa_search_refused` */
  list(options?: CredentialListOptions): Promise<readonly PrivilegedCredential[]>;
  get(id: string, options?: MicrotenantOption): Promise<PrivilegedCredential>;
  /**
   * PUT of the whole object: `raw` of what was read, the draft's fields over it, the secret again. It stays in its microtenant.
   * @throws PortcullisError `credential_type_fixed` | `credential_incomplete` before anything is sent
   */
  update(current: PrivilegedCredential, draft: CredentialDraft): Promise<void>;
  /** Deleting what is already gone succeeds. ZPA keeps one that a rule of the credential policy names. */
  delete(id: string, options?: MicrotenantOption): Promise<void>;
  /** Between the Default microtenant and another. POST, exactly once. */
  move(id: string, move: CredentialMove): Promise<void>;
}
