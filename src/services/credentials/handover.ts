import type { Failure } from "../access/request.ts";
import type { SlackActor } from "../directory/person.ts";
import type { CredentialType } from "../zpa/credentials/credential.ts";

/** Add a credential, or give one that is there a new secret. */
export type HandoverKind = "add" | "rotate";

/** Everything of a credential but its secret. */
export interface CredentialFields {
  readonly name: string;
  readonly type: CredentialType;
  readonly userName: string | null;
  readonly userDomain: string | null;
  readonly description: string | null;
  /** null is the Default microtenant. */
  readonly microtenantId: string | null;
}

/** Why a link is over that nobody used. */
export type ClosedWhy = "replaced" | "expired" | "codes" | "not-allowed" | "changed";

/**
 * What became of a secret that was sent.
 * `DONE`: proven by reading back. `REFUSED`: nothing was changed. `UNKNOWN`: nobody can tell yet, or ever.
 */
export type HandoverOutcome = "DONE" | "REFUSED" | "UNKNOWN";

/** One way for one secret: who asked for it, what for, and how far it has come. */
export interface Handover {
  readonly id: string;
  readonly kind: HandoverKind;
  /** In ZPA: of a rotation from the start, of an addition once it is known. */
  readonly credentialId: string | null;
  readonly fields: CredentialFields;
  readonly by: SlackActor;
  /** Slack locale of whoever asked. */
  readonly locale: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly browserHash: string | null;
  readonly codeHash: string | null;
  readonly wrongCodes: number;
  readonly otherBrowserAt: Date | null;
  readonly confirmedAt: Date | null;
  /** Claimed: from here on something may have been sent to ZPA. */
  readonly usedAt: Date | null;
  /** Of a rotation: the last reset before it. */
  readonly resetBefore: Date | null;
  readonly closed: { readonly at: Date; readonly why: ClosedWhy } | null;
  readonly outcome: HandoverOutcome | null;
  readonly failure: Failure | null;
}
