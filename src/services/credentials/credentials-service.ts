import type { SlackActor } from "../directory/person.ts";
import type { CredentialFields, Handover, HandoverKind } from "./handover.ts";

/** A credential as it is listed. ZPA tells no secret, and neither does this. */
export interface CredentialView {
  readonly id: string;
  readonly name: string;
  /** USERNAME_PASSWORD, SSH_KEY, PASSWORD, or what a later version of ZPA says. */
  readonly type: string;
  readonly userName: string | null;
  readonly userDomain: string | null;
  readonly description: string | null;
  /** null is the Default microtenant. */
  readonly microtenantId: string | null;
  readonly microtenantName: string;
  readonly lastResetAt: Date | null;
  readonly createdAt: Date | null;
  /** Whole days since its secret was last written; null when ZPA does not tell. */
  readonly ageDays: number | null;
  /** Older than CREDENTIAL_MAX_AGE_DAYS, or of an age that nobody knows. */
  readonly isStale: boolean;
}

export interface CredentialList {
  /** The oldest secret first; those of unknown age before all. */
  readonly credentials: readonly CredentialView[];
  readonly maxAgeDays: number;
  /** Microtenants that ZPA would not list, and the code with which it did not. */
  readonly unread: readonly { readonly microtenantName: string; readonly code: string }[];
}

/** Where a credential may be; null is the Default microtenant. */
export interface CredentialPlace {
  readonly id: string | null;
  readonly name: string;
}

/** One credential, and where it could be moved to. */
export interface CredentialDetails {
  readonly credential: CredentialView;
  readonly maxAgeDays: number;
  /** Of types that a later version of ZPA says, nobody here knows what secret they take. */
  readonly canRotate: boolean;
  /** Every other microtenant. */
  readonly elsewhere: readonly CredentialPlace[];
}

/** A rule of the credential policy that injects a credential. */
export interface CredentialUse {
  readonly ruleId: string;
  readonly name: string;
}

/** What stands before a credential is moved. */
export interface CredentialMovePreview {
  readonly credential: CredentialView;
  readonly uses: readonly CredentialUse[];
  readonly to: CredentialPlace;
}

/** Which rules of the credential policy inject a credential now. Filled in `wiring/`. @throws PortcullisError `zpa_*` */
export type UsesOfCredential = (credentialId: string, microtenantId: string | null) => Promise<readonly CredentialUse[]>;

/** Whom and what a command is about. */
interface CredentialCommand {
  readonly by: SlackActor;
  readonly credentialId: string;
  /** Where it is; null is the Default microtenant. */
  readonly microtenantId: string | null;
}

export type OfferHandover =
  | ({ readonly by: SlackActor; readonly kind: "add" } & CredentialFields)
  | ({ readonly kind: "rotate" } & CredentialCommand);

/** A link for one person, one secret, one browser, ten minutes. Show the address to that person alone. */
export interface HandoverOffer {
  readonly handoverId: string;
  readonly kind: HandoverKind;
  readonly url: string;
  readonly expiresAt: Date;
  readonly fields: CredentialFields;
}

/** The people's side of privileged credentials. Every call throws `admins_only`, `person_*`, `email_*` or `team_not_trusted` for others. */
export interface CredentialsService {
  /** Of every microtenant unless one is named; `search` is looked for in names, users, domains and descriptions. @throws PortcullisError `zpa_*` when none could be read */
  list(query: { readonly by: SlackActor; readonly search?: string; readonly microtenantId?: string | null }): Promise<CredentialList>;
  /** @throws PortcullisError `zpa_*` */
  get(query: CredentialCommand): Promise<CredentialView>;
  /** One, and what can be done with it. @throws PortcullisError `zpa_*` */
  look(query: CredentialCommand): Promise<CredentialDetails>;
  /** Where a new one can be made. @throws PortcullisError `credential_page_off`, because the form would lead nowhere */
  room(query: { readonly by: SlackActor }): Promise<{ readonly places: readonly CredentialPlace[] }>;
  /**
   * The one-time link for the secret; a link of the same person that is still open is closed.
   * @throws PortcullisError `credential_page_off`; with `field` `credential_incomplete`, `credential_name_taken`, `text_too_long`,
   * `invalid_input`; `credential_type_unknown`, `zpa_*`
   */
  offer(command: OfferHandover): Promise<HandoverOffer>;
  /**
   * The code that the page shows, as its person typed it in Slack. From then on the page asks for the secret.
   * @throws PortcullisError `handover_unknown`, `handover_over`; with `field` `handover_not_opened`, `handover_code_wrong`
   */
  confirm(command: { readonly by: SlackActor; readonly handoverId: string; readonly code: string }): Promise<Handover>;
  /** What a form shows before a credential is deleted. @throws PortcullisError `zpa_*` */
  previewRemove(command: CredentialCommand): Promise<{ readonly credential: CredentialView; readonly uses: readonly CredentialUse[] }>;
  /**
   * Deletes it and proves that it is gone; says what was deleted. `shownUses`: ids of the rules that the person was shown.
   * @throws PortcullisError `credential_uses_changed`, `credential_effect_unknown`, `zpa_*`
   */
  remove(command: CredentialCommand & { readonly shownUses: readonly string[] }): Promise<CredentialView>;
  /** What a form shows before a credential is moved. @throws PortcullisError `zpa_*` */
  previewMove(command: CredentialCommand & { readonly to: string | null }): Promise<CredentialMovePreview>;
  /** Moves it to another microtenant and proves that it is there; `shownUses`, and @throws PortcullisError, as {@link remove}; `credential_differs` */
  move(command: CredentialCommand & { readonly to: string | null; readonly shownUses: readonly string[] }): Promise<CredentialView>;
}
